using FsCheck;
using FsCheck.Fluent;
using Torch.Domain.Evaluation;
using Torch.Domain.Nodes;
using Torch.Domain.Statuses;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>What is explained against what was written, over random logs of everything.</summary>
public sealed class ExplanationTests
{
    [Fact]
    public void An_explanation_agrees_with_the_transitions_and_with_itself() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Follow(seed))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    private static void Follow(int seed)
    {
        var evaluator = new Evaluator();
        var last = new Dictionary<Guid, NodeTransitioned>();
        var events = new RandomLog(seed).Of(80);
        for (var i = 0; i < events.Count; i++)
        {
            foreach (var transition in evaluator.Fold(i + 1, events[i].Timestamp, events[i].Event))
                last[transition.NodeId] = transition;
            for (var n = 0; n < 20; n++)
                if (evaluator.Explain(RandomLog.Node(n)) is { } explanation)
                    Agrees(explanation, last.GetValueOrDefault(RandomLog.Node(n)));
        }
    }

    private static void Agrees(NodeExplanation explanation, NodeTransitioned? last)
    {
        explanation.Status.ShouldBe(last?.To ?? StatusCatalog.Unknown);
        if (last is not null)
            explanation.Since.ShouldBe(last.At);
        explanation.Sentence.ShouldContain($" is {explanation.Status} because ");
        explanation.RuleIndex.HasValue.ShouldBe(explanation.Decider == "rule");
        if (explanation is { Decider: "rule", RuleIndex: { } winner })
        {
            explanation.Rules[winner].Then.ShouldBe(explanation.Status);
            explanation.Rules[winner].Result.ShouldBe(true);
        }
        else if (explanation.Underneath is null && !explanation.Sentence.Contains("it requires"))
            explanation.Rules.ShouldAllBe(r => r.Result != true);
        if (explanation.Underneath is { } underneath)
            SpeaksOf(explanation, underneath);
        HasCauses(explanation);
    }

    // Rules, children and causes are those of what the rules say, whatever covers it.
    private static void SpeaksOf(NodeExplanation explanation, UnderneathStatus underneath)
    {
        underneath.Sentence.ShouldContain($" is {underneath.Status} because ");
        if (underneath.Decider == "rule")
            explanation.Rules.ShouldContain(r => r.Result == true && r.Then == underneath.Status);
        if (explanation.Decider == "timing")
            explanation.Pending!.Status.ShouldBe(underneath.Status);
    }

    // Whoever is not up says why, down to somebody who decided it; a leaf is its own cause.
    private static void HasCauses(NodeExplanation explanation)
    {
        var isLeaf = explanation.RollUp is null;
        if (isLeaf)
            explanation.RootCauses.ShouldHaveSingleItem().NodeId.ShouldBe(explanation.NodeId);
        else if (
            explanation is { Underneath: null } and not { Status: StatusCatalog.Up }
            && explanation.DecidingChildren.Count > 0
        )
            explanation.RootCauses.ShouldNotBeEmpty();
    }
}
