using FsCheck;
using FsCheck.Fluent;
using Torch.Domain.Rules;

namespace Torch.Domain.Tests.Rules;

public sealed class RoundTripTests
{
    [Fact]
    public void The_text_and_the_tree_convert_into_each_other_without_loss() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed =>
                {
                    var conditions = new RandomCondition(new Random(seed));
                    RoundTrips(conditions.OnLeaf());
                    RoundTrips(conditions.OnGroup());
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static void RoundTrips(Condition condition)
    {
        var text = RuleText.Print(condition);
        var parsed = RuleText.Parse(text);
        parsed.Error.ShouldBeNull(text);
        parsed.Condition.ShouldBe(condition, text);
        RuleText.Print(parsed.Condition!).ShouldBe(text);
        ConditionJson.Read(ConditionJson.Write(condition)).Condition.ShouldBe(condition, text);
    }
}
