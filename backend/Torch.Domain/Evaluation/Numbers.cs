using System.Numerics;
using Torch.Domain.Rules;

namespace Torch.Domain.Evaluation;

/// <summary>Numbers against their limits.</summary>
internal static class Numbers
{
    public static bool Holds<T>(T actual, Comparison op, T limit)
        where T : INumber<T> =>
        op switch
        {
            Comparison.Less => actual < limit,
            Comparison.AtMost => actual <= limit,
            Comparison.Equal => actual == limit,
            Comparison.NotEqual => actual != limit,
            Comparison.AtLeast => actual >= limit,
            _ => actual > limit,
        };

    public static bool Within(double number, ValueList<NumberRange> ranges)
    {
        foreach (var range in ranges)
            if (number >= range.From && number <= range.To)
                return true;
        return false;
    }
}
