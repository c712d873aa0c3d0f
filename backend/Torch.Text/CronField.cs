using System.Globalization;
using System.Numerics;

namespace Torch.Text;

/// <summary>What a field of a cron expression may say.</summary>
/// <param name="Names">Of its values, from the least.</param>
internal sealed record CronFieldKind(string Name, int Least, int Most, IReadOnlyList<string> Names)
{
    public string Expected =>
        $"{Least} to {Most}"
        + (Names.Count > 0 ? $" or {Names[0]} to {Names[^1]}" : "")
        + ", a list, a range, * or */2";
}

/// <summary>The values that one field of a cron expression names.</summary>
/// <param name="IsStarred">It begins with <c>*</c>.</param>
internal sealed record CronField(ulong Values, bool IsStarred, CronFieldKind Kind)
{
    private static readonly string[] Months =
    [
        "JAN",
        "FEB",
        "MAR",
        "APR",
        "MAY",
        "JUN",
        "JUL",
        "AUG",
        "SEP",
        "OCT",
        "NOV",
        "DEC",
    ];

    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>The fields in their order.</summary>
    public static readonly IReadOnlyList<CronFieldKind> Kinds =
    [
        new("minute", 0, 59, []),
        new("hour", 0, 23, []),
        new("day of the month", 1, 31, []),
        new("month", 1, 12, Months),
        new("day of the week", 0, 7, Weekdays),
    ];

    public int Count => BitOperations.PopCount(Values);

    /// <summary>Which part of all its values it names.</summary>
    public double Share => (double)Count / (Kind.Names.Count > 0 ? Kind.Names.Count : Kind.Most - Kind.Least + 1);

    public bool Has(int value) => (Values & (1UL << value)) != 0;

    /// <summary>Sunday is 0 and 7.</summary>
    public CronField SundayIsZero() => this with { Values = (Values | (Values >> 7)) & 0x7f };

    /// <summary>Null where it cannot be read.</summary>
    public static CronField? Parse(string text, CronFieldKind kind)
    {
        var values = 0UL;
        foreach (var part in text.Split(','))
        {
            if (Part(part, kind) is not { } named)
                return null;
            values |= named;
        }
        return new CronField(values, text.StartsWith('*'), kind);
    }

    // "*", "5", "1-5", each with "/2" behind it. "5/15" means from 5 on.
    private static ulong? Part(string text, CronFieldKind kind)
    {
        var slash = text.IndexOf('/');
        var step = slash < 0 ? 1 : Number(text[(slash + 1)..]);
        if (step is not >= 1 || Range(slash < 0 ? text : text[..slash], slash >= 0, kind) is not var (first, last))
            return null;
        var values = 0UL;
        for (var value = first; value <= last; value += step.Value)
            values |= 1UL << value;
        return values;
    }

    private static (int First, int Last)? Range(string text, bool isStepped, CronFieldKind kind)
    {
        // Every day of the week is seven of them, though Sunday has two numbers.
        if (text == "*")
            return (kind.Least, kind.Names.Count > 0 ? kind.Least + kind.Names.Count - 1 : kind.Most);
        var dash = text.IndexOf('-');
        var first = Value(dash < 0 ? text : text[..dash], kind);
        var last =
            dash >= 0 ? Value(text[(dash + 1)..], kind)
            : isStepped ? kind.Most
            : first;
        return first <= last ? (first.Value, last.Value) : null;
    }

    private static int? Value(string text, CronFieldKind kind)
    {
        for (var i = 0; i < kind.Names.Count; i++)
            if (string.Equals(kind.Names[i], text, StringComparison.OrdinalIgnoreCase))
                return kind.Least + i;
        return Number(text) is { } number && number >= kind.Least && number <= kind.Most ? number : null;
    }

    private static int? Number(string text) =>
        text.Length <= 3 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
