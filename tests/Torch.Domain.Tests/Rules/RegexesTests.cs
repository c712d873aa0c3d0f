using Torch.Domain.Rules.Text;

namespace Torch.Domain.Tests.Rules;

public sealed class RegexesTests
{
    [Fact]
    public void Rules_of_the_same_pattern_share_one_expression() =>
        Regexes.Compile("^time ?out").ShouldBeSameAs(Regexes.Compile("^time ?out"));

    [Fact]
    public void What_one_pattern_matches_another_need_not()
    {
        Regexes.Compile("^time ?out").IsMatch("timeout of 3 s").ShouldBeTrue();
        Regexes.Compile("^Time ?out").IsMatch("timeout of 3 s").ShouldBeFalse();
    }
}
