using Torch.Domain.Checks;
using Torch.Domain.Maintenance;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>A log of everything that the evaluator folds, from a seed: graphs with several parents, rules of every kind that remember, silence, absence.</summary>
internal sealed class RandomLog(
    int seed,
    bool dependencies = false,
    bool masked = false,
    bool unwatched = false,
    bool placed = false
)
{
    private static readonly string[] Given = ["up", "degraded", "critical", "down", "nonsense"];
    private static readonly string[] RollUps = ["worst", "2nd best", "at-least 2 up", "degraded-unless-all"];
    private static readonly string[] Contributions =
    [
        "as-is",
        "ignore",
        "raise 1",
        "cap degraded",
        "map down=degraded",
    ];

    private static readonly string[] LeafRules =
    [
        "value > 50",
        "value > 50 for 2 checks",
        "age > 20s or value > 90",
        "count(failed, last 5) >= 2",
        "avg(value, 30s) > 50 or max(value, 10s) > 95",
        "p95(value, last 4) > 80 and change(value) > -10",
        "count(value > 50, last 3) >= 2 or rate(value, 1m) > 2",
        "during \"12:01-12:02; 12:04 for 1m\" or change(value) > 50%",
        "not (value > 50) and outcome is up",
        "message contains \"x\"",
    ];

    private static readonly string[] GroupRules =
    [
        "any child is down",
        "count(children where tag = \"db\": status >= degraded) >= 1",
        "percent(children where status is down) >= 50",
        "weight(children where status is down) > 2",
        "child(\"n1\") is down",
        "child(\"n1/n2\") >= degraded",
        "no child is up or all children >= degraded",
        "count(children where tag = \"db\" or name = \"n1\": status is down) = 1 or any remaining child is down",
        "child(\"n0\") is not up and all remaining children >= degraded",
    ];

    private readonly Random _random = new(seed);
    private readonly Random _patience = new(seed + 1_000);
    private readonly Random _depending = new(~seed);
    private readonly Random _watching = new(seed + 2_000);
    private readonly List<(DateTimeOffset Timestamp, IEvent Event)> _events = [];
    private readonly List<int> _alive = [];
    private DateTimeOffset _now = World.Start;
    private int _nodes;

    public static Guid Node(int n) => NameId.Of(Guid.Empty, $"node {n}");

    public static Guid Check(int n) => NameId.Of(Guid.Empty, $"check {n}");

    public IReadOnlyList<(DateTimeOffset Timestamp, IEvent Event)> Of(int count)
    {
        while (_events.Count < count)
        {
            _now += TimeSpan.FromSeconds(_random.Next(12));
            Step();
            if (dependencies && _depending.Next(4) == 0)
                Depend();
            if (unwatched && _watching.Next(5) == 0)
                Add(Unwatch(Check(_watching.Next(5))));
            if (placed && _watching.Next(2) == 0)
                Add(Place(Check(_watching.Next(5))));
        }
        return _events;
    }

    // Checks that run from several locations, more of them or fewer, and what each finds; not in the order of time.
    private IEvent Place(Guid check)
    {
        string[] locations = ["berlin", "default", "oslo"];
        if (_watching.Next(5) > 0)
            return Probe(check, _now - TimeSpan.FromSeconds(_watching.Next(3) * 5), Any(_watching, ["up", "down"])) with
            {
                Location = Any(_watching, locations) is var name and not "default" ? name : null,
            };
        var several = locations.Take(_watching.Next(1, 4)).ToArray();
        var settings = new CheckSettings("c", CheckKind.Http, Interval: TimeSpan.FromSeconds(_watching.Next(5, 900)));
        return new CheckChanged(
            check,
            settings with
            {
                Locations = several.Length > 1 ? several : null,
                Decide = Any(_watching, [null, "all", "2"]),
            }
        );
    }

    // Agents that come and go, and spools that lose what they held.
    private IEvent Unwatch(Guid check)
    {
        var lost = _now - TimeSpan.FromSeconds(_watching.Next(40));
        var place = placed && _watching.Next(2) == 0 ? Any(_watching, ["berlin", "default", "oslo"]) : null;
        return _watching.Next(4) switch
        {
            0 => new GapEnded(check, place),
            1 => new ResultsLost(check, check, lost, lost + TimeSpan.FromSeconds(_watching.Next(20)), 3, "full"),
            _ => new GapBegan(check, "no agent is live in berlin", place),
        };
    }

    private void Depend()
    {
        if (_depending.Next(5) == 0)
        {
            Redefine($"own-{_depending.Next(2)}");
            return;
        }
        var (node, other) = (Node(_depending.Next(_nodes)), Node(_depending.Next(_nodes)));
        Add(_depending.Next(3) > 0 ? new DependencyAdded(node, other) : new DependencyRemoved(node, other));
    }

    private void Redefine(string name)
    {
        var severity = _depending.Next(1, 60);
        Add(
            _depending.Next(4) switch
            {
                0 => new StatusRemoved(name),
                1 => new StatusChanged(name, name, severity, false, "square", "#000000"),
                _ => new StatusDefined(name, name, severity, true, "circle", "#000000"),
            }
        );
    }

    private void Step()
    {
        if (masked && _alive.Count >= 3 && _patience.Next(4) == 0)
            Add(Mask(Any(_alive)));
        if (_alive.Count < 3 || _random.Next(9) == 0)
            Grow();
        else if (_random.Next(2) == 0)
            Observe();
        else
            Change(Any(_alive));
    }

    private void Add(IEvent @event) => _events.Add((_now, @event));

    private void Grow()
    {
        var n = _nodes++;
        Add(new NodeAdded(Node(n), IsLeaf(n)));
        if (_alive.Where(p => !IsLeaf(p)).ToList() is { Count: > 0 } groups)
            Add(new ChildLinked(Node(Any(groups)), Node(n)));
        string[] tags = _random.Next(2) == 0 ? ["db"] : [];
        Add(new NodeCreated(Node(n), $"n{n % 4}", IsLeaf(n) ? Check(n % 5) : null, tags));
        _alive.Add(n);
    }

    private static bool IsLeaf(int n) => n % 3 == 2;

    private void Observe()
    {
        var at = _now - TimeSpan.FromSeconds(_random.Next(6) == 0 ? 30 : 0);
        var (check, status) = (Check(_random.Next(5)), Any(Given));
        if (_random.Next(3) > 0)
            Add(new ReportReceived(check, "s", at, _random.Next(100), status, _random.Next(2) == 0 ? "x" : null));
        else
            Add(Probe(check, at, Any(["up", "down", "inconclusive"])));
    }

    private static ProbeCompleted Probe(Guid check, DateTimeOffset at, string outcome) =>
        new(
            check,
            check,
            at,
            outcome,
            "refused",
            null,
            200,
            "1.1",
            null,
            new(1, 2, 3, 4, 5, 15),
            null,
            null,
            "text",
            4,
            0,
            "local"
        );

    private void Change(int n)
    {
        switch (_random.Next(14))
        {
            case 0:
                Add(new NodePaused(Node(n), "because"));
                break;
            case 1:
                Add(new NodeResumed(Node(n), null));
                break;
            case 2:
                Add(new NodeRenamed(Node(n), $"n{_random.Next(4)}"));
                break;
            case 3:
                Add(new NodeTagged(Node(n), _random.Next(2) == 0 ? ["db"] : []));
                break;
            case 4 when IsLeaf(n):
                Add(new NodeCheckChanged(Node(n), Check(_random.Next(5))));
                break;
            case 5:
                Add(new NodeStalenessChanged(Node(n), TimeSpan.FromSeconds(_random.Next(5, 60))));
                break;
            case 6:
                Add(new ServiceResumed(_now - TimeSpan.FromSeconds(_random.Next(40))));
                break;
            case 7:
                Add(
                    new CheckCreated(
                        Check(n % 5),
                        new("c", CheckKind.Report, Interval: TimeSpan.FromSeconds(_random.Next(5, 900)))
                    )
                );
                break;
            case 8 when _alive.Count > 6:
                _alive.Remove(n);
                Add(new NodeRemoved(Node(n)));
                break;
            case 9 when n > 0:
                Add(new ChildUnlinked(Node(Any(_alive)), Node(n)));
                break;
            case 10 or 11:
                Publish(n);
                break;
            default:
                LinkSome();
                break;
        }
    }

    private void LinkSome()
    {
        var (parent, child) = (Any(_alive), Any(_alive));
        if (parent < child && !IsLeaf(parent))
            Add(
                new ChildLinked(
                    Node(parent),
                    Node(child),
                    _random.Next(1, 4) / 2m,
                    _random.Next(4) == 0,
                    Any(Contributions)
                )
            );
    }

    private void Publish(int n)
    {
        var rules = Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Rule(Any(IsLeaf(n) ? LeafRules : GroupRules)));
        RollUp.TryParse(Any(RollUps), out var rollUp).ShouldBeTrue();
        var match = _random.Next(2) == 0 ? MatchPolicy.First : MatchPolicy.Worst;
        var timing = _patience.Next(2) == 0 ? Patience(IsLeaf(n)) : null;
        Add(new RulesPublished(Node(n), _events.Count, new([.. rules], rollUp!, match, timing), null));
    }

    // Windows of every kind over a part of the tree, planned, changed, ended and deleted; and what people give nodes by hand.
    private IEvent Mask(int n)
    {
        var (node, window) = (Node(n), NameId.Of(Guid.Empty, $"window {_patience.Next(3)}"));
        DateTimeOffset? until = _patience.Next(2) == 0 ? _now + TimeSpan.FromSeconds(_patience.Next(1, 40)) : null;
        return _patience.Next(10) switch
        {
            0 => new NodeAcknowledged(node, "known", until),
            1 => new AcknowledgementWithdrawn(node),
            2 => new ManualStatusSet(node, Any(["up", "degraded", "down"]), "known", until),
            3 => new ManualStatusCleared(node),
            4 => new MaintenanceEnded(window, _now),
            5 => new MaintenanceDeleted(window),
            6 => new MaintenanceChanged(window, "w", [node], Window(), null),
            _ => new MaintenanceScheduled(window, "w", [node, Node(0)], Window(), null),
        };
    }

    private MaintenanceSchedule Window()
    {
        var from = _now + TimeSpan.FromSeconds(_patience.Next(-20, 40));
        var to = from + TimeSpan.FromSeconds(_patience.Next(1, 120));
        return _patience.Next(5) switch
        {
            0 => new(MaintenanceKind.Recurring, Weekly: "daily 12:01 for 5m", TimeZone: "Europe/Berlin"),
            1 => new(MaintenanceKind.Recurring, Weekly: "daily 12:02-12:04; sun 12:06 for 1h"),
            2 or 3 => new(MaintenanceKind.Flexible, from, to, TimeSpan.FromSeconds(_patience.Next(1, 60))),
            _ => new(MaintenanceKind.Fixed, from, to),
        };
    }

    private Timing Patience(bool isLeaf) =>
        new(
            isLeaf ? _patience.Next(1, 4) : 1,
            Some(20),
            isLeaf ? _patience.Next(1, 3) : 1,
            Some(20),
            Some(30),
            _patience.Next(2) == 0 ? new(20, 10) : null
        );

    private TimeSpan? Some(int seconds) =>
        _patience.Next(2) == 0 ? TimeSpan.FromSeconds(_patience.Next(1, seconds)) : null;

    private Rule Rule(string when) =>
        new(
            World.Parse(when),
            Any(["degraded", "critical", "down"]),
            _random.Next(1, 3),
            _random.Next(2) == 0 ? TimeSpan.FromSeconds(_random.Next(1, 20)) : null
        );

    private T Any<T>(IReadOnlyList<T> items) => Any(_random, items);

    private static T Any<T>(Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
