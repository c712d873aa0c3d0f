using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Torch.Domain.Evaluation;
using Torch.Domain.Nodes;
using Torch.Domain.Statuses;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>The incremental evaluator against one that asks everybody again after every event.</summary>
public sealed class NaiveModelTests
{
    private static readonly string[] Given = ["up", "degraded", "critical", "down"];

    private static readonly string[] RollUps =
    [
        "worst",
        "best",
        "2nd worst",
        "2nd best",
        "worst capped at degraded",
        "all-problem",
        "at-least 2 up",
        "exactly 1 up",
        "degraded-unless-all",
        "fixed critical",
    ];

    private static readonly (string Text, Func<List<(string Name, string Status)>, bool> Holds)[] Rules =
    [
        ("any child is down", c => c.Exists(x => x.Status == "down")),
        ("all children are up", c => c.TrueForAll(x => x.Status == "up")),
        ("no child >= critical", c => !c.Exists(x => Rank(x.Status) >= Rank("critical"))),
        ("count(children where status >= degraded) >= 2", c => c.Count(x => Rank(x.Status) >= Rank("degraded")) >= 2),
        ("percent(children where status is down) >= 50", c => c.Count(x => x.Status == "down") * 2 >= c.Count),
        (
            "any child is critical and not all children are critical",
            c => c.Exists(x => x.Status == "critical") && !c.TrueForAll(x => x.Status == "critical")
        ),
    ];

    [Fact]
    public void Every_status_is_what_a_full_evaluation_would_say() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => new Run(seed).Agrees())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void The_same_log_gives_the_same_transitions() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed =>
                {
                    var run = new Run(seed);
                    run.Agrees();
                    var again = new Evaluator();
                    var replayed = run.World.Log.SelectMany((e, i) => again.Fold(i + 1, e.Timestamp, e.Event)).ToList();
                    return JsonSerializer.Serialize(replayed) == JsonSerializer.Serialize(run.World.Transitions);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    private static int Rank(string status) => StatusCatalog.BuiltIn.RankOf(status);

    private sealed class Run(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly List<string> _groups = ["g0"];
        private readonly List<string> _leaves = [];
        private readonly Dictionary<string, List<string>> _children = new() { ["g0"] = [] };
        private readonly Dictionary<string, string> _reported = [];
        private readonly Dictionary<string, string> _rollUps = [];
        private readonly Dictionary<string, (int Rule, string Then)> _rules = [];
        private readonly HashSet<string> _paused = [];

        public World World { get; } = new World().Group("g0");

        public bool Agrees()
        {
            for (var i = 0; i < 60; i++)
            {
                Step();
                foreach (var node in _groups.Concat(_leaves))
                    if (World.Status(node) != Naive(node))
                        return false;
            }
            return TransitionsChain();
        }

        private void Step()
        {
            switch (_random.Next(10))
            {
                case 0:
                    AddGroup();
                    break;
                case 1:
                    AddLeaf();
                    break;
                case 2:
                    LinkTwo();
                    break;
                case 3:
                    Unlink();
                    break;
                case 4:
                    Publish(Any(_groups));
                    break;
                case 5:
                    Pause(Any([.. _groups, .. _leaves]));
                    break;
                default:
                    Report();
                    break;
            }
        }

        private void AddGroup()
        {
            var name = $"g{_groups.Count}";
            var parent = Any(_groups);
            World.Group(name, parent);
            _groups.Add(name);
            _children[name] = [];
            _children[parent].Add(name);
        }

        private void AddLeaf()
        {
            var name = $"l{_leaves.Count}";
            var parent = Any(_groups);
            World.Leaf(name, parent);
            _leaves.Add(name);
            _children[parent].Add(name);
        }

        // A group's number is higher than its parents', so no cycle can be drawn.
        private void LinkTwo()
        {
            var parent = _random.Next(_groups.Count);
            string[] below = [.. _groups.Skip(parent + 1), .. _leaves];
            if (below.Length == 0 || Any(below) is var child && _children[_groups[parent]].Contains(child))
                return;
            World.Link(_groups[parent], child);
            _children[_groups[parent]].Add(child);
        }

        private void Unlink()
        {
            var parent = Any(_groups);
            if (_children[parent].Count == 0)
                return;
            var child = Any(_children[parent]);
            World.Fold(new ChildUnlinked(World[parent], World[child]));
            _children[parent].Remove(child);
        }

        private void Publish(string group)
        {
            _rollUps[group] = Any(RollUps);
            _rules[group] = (_random.Next(Rules.Length), Any(Given));
            World.Rules(group, _rollUps[group], (Rules[_rules[group].Rule].Text, _rules[group].Then));
        }

        private void Pause(string node)
        {
            World.Fold(_paused.Add(node) ? new NodePaused(World[node], null) : new NodeResumed(World[node], null));
            if (World.Log[^1].Event is NodeResumed)
                _paused.Remove(node);
        }

        private void Report()
        {
            if (_leaves.Count == 0)
                return;
            var leaf = Any(_leaves);
            _reported[leaf] = Any(Given);
            World.After(TimeSpan.FromMilliseconds(_random.Next(50))).Report(leaf, _reported[leaf]);
        }

        private string Naive(string node)
        {
            if (_paused.Contains(node))
                return "paused";
            if (!_children.TryGetValue(node, out var names))
                return _reported.GetValueOrDefault(node, "unknown");
            var children = names.ConvertAll(n => (n, Naive(n))).FindAll(c => c.Item2 != "paused");
            if (children.Count == 0)
                return "unknown";
            if (_rules.TryGetValue(node, out var rule) && Rules[rule.Rule].Holds(children))
                return rule.Then;
            return RollUp(
                _rollUps.GetValueOrDefault(node, "worst"),
                [.. children.Select(c => c.Item2).OrderByDescending(Rank)]
            );
        }

        private static string RollUp(string rollUp, List<string> worstFirst)
        {
            var up = worstFirst.Count(s => s == "up");
            var best = Enumerable.Reverse(worstFirst).ToList();
            return rollUp switch
            {
                "best" => best[0],
                "2nd worst" => worstFirst[Math.Min(1, worstFirst.Count - 1)],
                "2nd best" => best[Math.Min(1, best.Count - 1)],
                "worst capped at degraded" => Rank(worstFirst[0]) > Rank("degraded") ? "degraded" : worstFirst[0],
                "all-problem" => up > 0 ? "up" : worstFirst[0],
                "at-least 2 up" => up >= 2 ? "up"
                : best.Count < 2 ? "down"
                : best[1],
                "exactly 1 up" => up == 1 ? "up"
                : up > 1 ? "down"
                : best[0],
                "degraded-unless-all" => worstFirst.TrueForAll(s => Rank(s) > Rank("degraded")) ? worstFirst[0]
                : Rank(worstFirst[0]) > Rank("degraded") ? "degraded"
                : worstFirst[0],
                "fixed critical" => "critical",
                _ => worstFirst[0],
            };
        }

        private bool TransitionsChain()
        {
            foreach (var history in World.Transitions.GroupBy(t => t.NodeId))
            {
                var (status, at) = ("unknown", DateTimeOffset.MinValue);
                foreach (var transition in history)
                {
                    if (transition.From != status || transition.To == status || transition.At < at)
                        return false;
                    (status, at) = (transition.To, transition.At);
                }
            }
            return true;
        }

        private T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
    }
}
