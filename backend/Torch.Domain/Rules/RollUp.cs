using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Torch.Domain.Statuses;

namespace Torch.Domain.Rules;

public enum RollUpKind
{
    Worst,
    Best,
    AllProblem,
    AtLeastUp,
    ExactlyUp,
    DegradedUnlessAll,
    Fixed,
}

/// <summary>A group's status where no rule matches. Its text form is what people write: <c>worst</c>, <c>2nd worst capped at degraded</c>, <c>at-least 2 up</c>.</summary>
/// <param name="N">Which worst or best, or how many up.</param>
/// <param name="Status">Of <c>fixed</c>.</param>
/// <param name="Cap">The result is never worse than this.</param>
public sealed record RollUp(RollUpKind Kind, int N = 1, string? Status = null, string? Cap = null)
{
    /// <summary>What <see cref="TryParse"/> takes, for people.</summary>
    public const string Expected =
        "worst, best, \"2nd worst\", all-problem, \"at-least 2 up\", \"exactly 1 up\", degraded-unless-all or \"fixed up\", "
        + "each optionally with \"capped at degraded\"";

    public static RollUp Worst { get; } = new(RollUpKind.Worst);

    /// <summary>Reads the text form. Statuses must be known; <paramref name="statuses"/> are the built-in ones where absent.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RollUp? rollUp, StatusCatalog? statuses = null)
    {
        statuses ??= StatusCatalog.BuiltIn;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var cap = words is [.., "capped", "at", var named] ? named : null;
        rollUp = Read(cap is null ? words : words[..^3]);
        if (rollUp is null || !Known(rollUp.Status) || !Known(cap))
            return (rollUp = null) is not null;
        rollUp = rollUp with { Cap = cap };
        return true;

        bool Known(string? status) => status is null || statuses.Find(status) is { Neutral: false };
    }

    public override string ToString()
    {
        var core = Kind switch
        {
            RollUpKind.Worst => N == 1 ? "worst" : Ordinal(N) + " worst",
            RollUpKind.Best => N == 1 ? "best" : Ordinal(N) + " best",
            RollUpKind.AllProblem => "all-problem",
            RollUpKind.AtLeastUp => string.Create(CultureInfo.InvariantCulture, $"at-least {N} up"),
            RollUpKind.ExactlyUp => string.Create(CultureInfo.InvariantCulture, $"exactly {N} up"),
            RollUpKind.DegradedUnlessAll => "degraded-unless-all",
            _ => "fixed " + Status,
        };
        return Cap is null ? core : $"{core} capped at {Cap}";
    }

    private static RollUp? Read(string[] words) =>
        words switch
        {
            ["worst"] => Worst,
            ["best"] => new(RollUpKind.Best),
            [var nth, "worst"] when Nth(nth) is { } n => new(RollUpKind.Worst, n),
            [var nth, "best"] when Nth(nth) is { } n => new(RollUpKind.Best, n),
            ["all-problem"] => new(RollUpKind.AllProblem),
            ["at-least", var number, "up"] when Positive(number) is { } n => new(RollUpKind.AtLeastUp, n),
            ["exactly", var number, "up"] when Positive(number) is { } n => new(RollUpKind.ExactlyUp, n),
            ["degraded-unless-all"] => new(RollUpKind.DegradedUnlessAll),
            ["fixed", var status] => new(RollUpKind.Fixed, Status: status),
            _ => null,
        };

    private static int? Nth(string text) =>
        text.Length > 2 && Positive(text[..^2]) is { } n && Ordinal(n) == text ? n : null;

    private static int? Positive(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 100_000
            ? n
            : null;

    private static string Ordinal(int n)
    {
        var suffix = (n % 10, n % 100) switch
        {
            (1, not 11) => "st",
            (2, not 12) => "nd",
            (3, not 13) => "rd",
            _ => "th",
        };
        return n.ToString(CultureInfo.InvariantCulture) + suffix;
    }
}
