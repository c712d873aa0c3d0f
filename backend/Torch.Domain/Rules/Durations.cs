using System.Globalization;

namespace Torch.Domain.Rules;

/// <summary>Durations as rules write them: a number and one of <c>ms s m h d</c>.</summary>
internal static class Durations
{
    private static readonly (string Unit, double Milliseconds)[] Units =
    [
        ("d", 86_400_000),
        ("h", 3_600_000),
        ("m", 60_000),
        ("s", 1_000),
        ("ms", 1),
    ];

    /// <summary>Null for a unit that does not exist.</summary>
    public static double? Milliseconds(double number, string unit)
    {
        foreach (var (name, milliseconds) in Units)
            if (name == unit)
                return number * milliseconds;
        return null;
    }

    /// <summary>In the largest unit that needs no fraction.</summary>
    public static string Print(double milliseconds)
    {
        if (milliseconds != 0)
            foreach (var (name, size) in Units)
                if (milliseconds % size == 0)
                    return Number(milliseconds / size) + name;
        return Number(milliseconds) + "ms";
    }

    /// <summary>The shortest text that parses back to the same number.</summary>
    public static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
