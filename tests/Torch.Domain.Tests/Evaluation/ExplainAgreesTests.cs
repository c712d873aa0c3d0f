using FsCheck;
using FsCheck.Fluent;
using Torch.Domain.Checks;
using Torch.Domain.Evaluation;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Tests.Rules;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>What is explained is what was decided, for generated rules over random observations.</summary>
public sealed class ExplainAgreesTests
{
    [Fact]
    public void Explain_agrees_with_the_evaluator() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => new Run(seed).Agrees())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void The_cases_do_fire_rules_of_leaves_and_of_groups()
    {
        var runs = Enumerable.Range(0, 60).Select(seed => new Run(seed)).ToList();
        runs.ForEach(r => r.Agrees());
        runs.Sum(r => r.Fired["L"]).ShouldBeGreaterThan(100);
        runs.Sum(r => r.Fired["G"]).ShouldBeGreaterThan(100);
    }

    private sealed class Run(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly World _world = new World().Group("G").Leaf("L", "G", "x").Leaf("a", "G").Leaf("b", "G", "up");

        public Dictionary<string, int> Fired { get; } = new() { ["L"] = 0, ["G"] = 0 };

        public void Agrees()
        {
            var conditions = new RandomCondition(_random);
            var leaf = Publish("L", () => conditions.OnLeaf(2));
            var group = Publish("G", () => conditions.OnGroup(2));
            for (var i = 0; i < 25; i++)
            {
                Observe();
                Agrees("L", leaf);
                Agrees("G", group);
            }
        }

        private RuleSet Publish(string node, Func<Condition> condition)
        {
            var rules = World.Set(
                "worst",
                new Rule(condition(), "degraded"),
                new Rule(condition(), "critical"),
                new Rule(condition(), "down")
            );
            rules = rules with { Match = _random.Next(2) == 0 ? MatchPolicy.First : MatchPolicy.Worst };
            _world.Publish(node, rules);
            return rules;
        }

        private void Observe()
        {
            var leaf = Any("L", "L", "a", "b");
            _world.After(TimeSpan.FromSeconds(_random.Next(90)));
            if (_random.Next(5) == 0)
                _world.Fold(new ClockTicked());
            else if (_random.Next(2) == 0)
                _world.Report(leaf, Any("up", "degraded", "down"), _random.Next(100), message: Any("x", "y", "99"));
            else
                _world.Probe(
                    leaf,
                    Any("up", "down"),
                    _random.Next(200),
                    text: $$"""{"status": "{{Any("x", "up")}}"}"""
                );
        }

        private void Agrees(string node, RuleSet rules)
        {
            var explanation = _world.Evaluator.Explain(_world[node])!;
            var last = _world.Transitions.LastOrDefault(t => t.NodeId == _world[node]);
            explanation.Status.ShouldBe(last?.To ?? "unknown");
            foreach (var (outcome, rule) in explanation.Rules.Zip(rules.Rules))
                Agrees(outcome, rule.When);
            var holding = Enumerable.Range(0, 3).Where(i => explanation.Rules[i].Result == true).ToList();
            int? winner =
                holding.Count == 0 ? null
                : rules.Match == MatchPolicy.First ? holding[0]
                : holding[^1];
            explanation.RuleIndex.ShouldBe(winner);
            if (winner is null)
                return;
            Fired[node]++;
            explanation.Status.ShouldBe(rules.Rules[winner.Value].Then);
        }

        // The clauses say what the rule says; where one had no answer, its denial has none either.
        private static void Agrees(RuleOutcome outcome, Condition condition)
        {
            var clauses = new Queue<ClauseValue>(outcome.Clauses);
            var holds = Holds(condition, clauses);
            clauses.ShouldBeEmpty();
            if (outcome.Result == true || !RuleText.Print(condition).Contains("not ", StringComparison.Ordinal))
                (outcome.Result == true).ShouldBe(holds, RuleText.Print(condition));
        }

        private static bool Holds(Condition condition, Queue<ClauseValue> clauses)
        {
            var terms = condition switch
            {
                And and => and.Terms.Select(t => Holds(t, clauses)).ToList(),
                Or or => or.Terms.Select(t => Holds(t, clauses)).ToList(),
                Not not => [!Holds(not.Term, clauses)],
                HeldFor held => [Holds(held.Term, clauses)],
                _ => [clauses.Dequeue().Result == true],
            };
            return condition is Or ? terms.Contains(true) : !terms.Contains(false);
        }

        private T Any<T>(params T[] items) => items[_random.Next(items.Length)];
    }
}
