using System.Globalization;
using Torch.Server.Projecting;

namespace Torch.Server.Tests.Projecting;

public sealed class ExactSumTests
{
    [Theory]
    [InlineData("12E-0", 2d, 4d, 6d)]
    [InlineData("6E-1", 0.1, 0.2, 0.3)]
    [InlineData("0E-1", 0.1, -0.1, 0d)]
    [InlineData("100000000000000000000000000000000000001E-1", 1e37, 0.1)]
    [InlineData("25E-10", 2.5e-9)]
    public void Values_are_summed_as_the_decimals_they_are_written_as(string sum, params double[] values) =>
        Sum(values).ToString().ShouldBe(sum);

    [Fact]
    public void A_sum_is_the_same_in_any_order()
    {
        double[] values = [1e300, 0.1, -1e300, 12.345678901234567, 5e-324, 3, -0.0];
        var sum = Sum(values);

        Sum([.. values.Reverse()]).ShouldBe(sum);
        Sum([.. values.OrderBy(v => v.ToString(CultureInfo.InvariantCulture))]).ShouldBe(sum);
    }

    private static ExactSum Sum(IEnumerable<double> values) =>
        values.Aggregate(default(ExactSum), (sum, value) => sum.Plus(value));
}
