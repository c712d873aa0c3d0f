using System.Globalization;
using Torch.Domain.Rules;

namespace Torch.Domain.Evaluation;

/// <summary>The words of an explanation.</summary>
internal static class Sentences
{
    /// <summary>How many children a sentence names before it says how many more there are.</summary>
    public const int NamesInSentence = 3;

    /// <summary>A value with its unit, rounded for people.</summary>
    public static string Value(Field field, double value) => Value(field.Kind, value);

    public static string Value(FieldKind kind, double value) =>
        kind == FieldKind.Duration ? Duration(value) : value.ToString("0.######", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan span) => Duration(span.TotalMilliseconds);

    /// <summary><c>2 of 5 children that count are at least critical</c>.</summary>
    public static string Counted(string subject, int matching, string fact) =>
        $"{subject} {(matching == 1 ? "is" : "are")} {fact}";

    /// <summary>The names of the first few.</summary>
    public static string[] NamesOf(List<NodeState> nodes)
    {
        var names = nodes.Count == 0 ? [] : new string[Math.Min(nodes.Count, NamesInSentence)];
        for (var i = 0; i < names.Length; i++)
            names[i] = nodes[i].Name;
        return names;
    }

    /// <summary><c>: Payments database and Card API</c>, or nothing where there is nobody to name.</summary>
    public static string Names(string[] names, int number)
    {
        if (names.Length == 0)
            return "";
        var named = names.ToList();
        var last =
            number > named.Count ? string.Create(CultureInfo.InvariantCulture, $"{number - named.Count} more") : null;
        if (last is null && named.Count > 1)
            (last, named) = (named[^1], named[..^1]);
        return ": " + string.Join(", ", named) + (last is null ? "" : " and " + last);
    }

    private static string Duration(double ms) =>
        Math.Abs(ms) switch
        {
            < 100 => Round(ms, "0.#") + " ms",
            < 10_000 => Round(ms, "0") + " ms",
            < 120_000 => Round(ms / 1_000, "0.#") + " s",
            < 7_200_000 => Round(ms / 60_000, "0.#") + " min",
            < 172_800_000 => Round(ms / 3_600_000, "0.#") + " h",
            _ => Round(ms / 86_400_000, "0.#") + " d",
        };

    private static string Round(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
