using Torch.Domain.Checks;
using Torch.Domain.Evaluation;
using Torch.Domain.Maintenance;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>A log and an evaluator that folds it, with names instead of ids.</summary>
internal sealed class World
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, Guid> _ids = [];
    private long _position;

    public Evaluator Evaluator { get; } = new();
    public List<(DateTimeOffset Timestamp, IEvent Event)> Log { get; } = [];
    public List<NodeTransitioned> Transitions { get; } = [];
    public List<MaintenanceBegan> Began { get; } = [];
    public List<NodeMarked> Marked { get; } = [];
    public DateTimeOffset Now { get; private set; } = Start;

    public Guid this[string name] => _ids.TryGetValue(name, out var id) ? id : _ids[name] = NameId.Of(Guid.Empty, name);

    public static Guid CheckOf(string leaf) => CheckIds.OfSource(leaf);

    public string Status(string node) => Evaluator.Explain(this[node])!.Status;

    public string Sentence(string node) => Evaluator.Explain(this[node])!.Sentence;

    public NodeTransitioned Last(string node) => Transitions.Last(t => t.NodeId == this[node]);

    public World Fold(IEvent @event) => By(null, @event);

    public World By(string? by, IEvent @event)
    {
        Log.Add((Now, @event));
        Transitions.AddRange(Evaluator.Fold(++_position, Now, @event, by));
        Marked.AddRange(Evaluator.Marked);
        Began.AddRange(Evaluator.Began);
        return this;
    }

    public World After(TimeSpan span)
    {
        Now += span;
        return this;
    }

    public World Tick(TimeSpan span) => After(span).Fold(new ClockTicked());

    public World Group(string name, string? parent = null, params string[] tags) => Add(name, null, parent, tags);

    public World Leaf(string name, string? parent = null, params string[] tags) =>
        Add(name, CheckOf(name), parent, tags);

    public World Link(
        string parent,
        string child,
        decimal weight = 1,
        bool required = false,
        string contribution = "as-is"
    ) => Fold(new ChildLinked(this[parent], this[child], weight, required, contribution));

    public World Rules(string node, params (string When, string Then)[] rules) => Rules(node, "worst", rules);

    public World Rules(string node, string rollUp, params (string When, string Then)[] rules) =>
        Publish(node, Set(rollUp, [.. rules.Select(r => new Rule(Parse(r.When), r.Then))]));

    public World Publish(string node, RuleSet rules) => Fold(new RulesPublished(this[node], 1, rules, null));

    public World Report(
        string leaf,
        string status,
        double? value = null,
        DateTimeOffset? at = null,
        string? message = null
    ) => Fold(new ReportReceived(CheckOf(leaf), leaf, at ?? Now, value, status, message));

    public World Probe(
        string leaf,
        string outcome,
        double total = 20,
        int? code = 200,
        string? cause = null,
        string? message = null,
        string? text = null,
        double? daysLeft = null
    ) =>
        Fold(
            new ProbeCompleted(
                CheckOf(leaf),
                Guid.Empty,
                Now,
                outcome,
                cause,
                message,
                code,
                "1.1",
                "127.0.0.1",
                new(1, 2, null, 10, 1, total),
                daysLeft is { } days ? new("CN=a", "CN=b", Now.AddDays(days), days) : null,
                null,
                text,
                text?.Length,
                0,
                "local"
            )
        );

    public static Condition Parse(string text)
    {
        var parsed = RuleText.Parse(text);
        parsed.Error.ShouldBeNull();
        return parsed.Condition!;
    }

    public static RuleSet Set(string rollUp, params Rule[] rules)
    {
        RollUp.TryParse(rollUp, out var parsed).ShouldBeTrue(rollUp);
        return new(rules, parsed!, MatchPolicy.First);
    }

    private World Add(string name, Guid? checkId, string? parent, string[] tags)
    {
        Fold(new NodeAdded(this[name], checkId is not null));
        if (parent is not null)
            Fold(new ChildLinked(this[parent], this[name]));
        return Fold(new NodeCreated(this[name], name, checkId, tags));
    }
}
