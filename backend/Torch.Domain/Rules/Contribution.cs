using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Torch.Domain.Statuses;

namespace Torch.Domain.Rules;

public enum ContributionKind
{
    AsIs,
    Raise,
    Lower,
    Cap,
    Fixed,
    Ignore,
    Map,
}

/// <summary>How a child's status counts for its parent. Text forms: <c>as-is</c>, <c>raise 1</c>, <c>lower 1</c>, <c>cap degraded</c>, <c>fixed up</c>, <c>ignore</c>, <c>map degraded=up,critical=down</c>.</summary>
/// <param name="Steps">Of raise and lower, 1 to 10.</param>
/// <param name="Map">Statuses that it does not name count as they are.</param>
public sealed record Contribution(
    ContributionKind Kind,
    int Steps = 0,
    string? Status = null,
    ValueList<KeyValuePair<string, string>>? Map = null
)
{
    /// <summary>What <see cref="TryParse"/> takes, for people.</summary>
    public const string Expected =
        "as-is, \"raise 1\", \"lower 1\", \"cap degraded\", \"fixed up\", ignore or \"map degraded=up,critical=down\"";

    public static Contribution AsIs { get; } = new(ContributionKind.AsIs);

    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out Contribution? contribution,
        StatusCatalog? statuses = null
    )
    {
        contribution = Read(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), statuses ?? StatusCatalog.BuiltIn);
        return contribution is not null;
    }

    public override string ToString() =>
        Kind switch
        {
            ContributionKind.AsIs => "as-is",
            ContributionKind.Raise => string.Create(CultureInfo.InvariantCulture, $"raise {Steps}"),
            ContributionKind.Lower => string.Create(CultureInfo.InvariantCulture, $"lower {Steps}"),
            ContributionKind.Cap => "cap " + Status,
            ContributionKind.Fixed => "fixed " + Status,
            ContributionKind.Ignore => "ignore",
            _ => "map " + string.Join(',', Map!.Select(p => $"{p.Key}={p.Value}")),
        };

    /// <summary>What a status counts as; null when the child is left out. Neutral statuses always are.</summary>
    public Status? CountsAs(Status status, StatusCatalog statuses) =>
        status.Neutral
            ? null
            : Kind switch
            {
                ContributionKind.Ignore => null,
                ContributionKind.Raise => Step(status, Steps, statuses),
                ContributionKind.Lower => Step(status, -Steps, statuses),
                ContributionKind.Cap => Better(status, statuses.Find(Status!)!, statuses),
                ContributionKind.Fixed => statuses.Find(Status!),
                ContributionKind.Map => Mapped(status, statuses),
                _ => status,
            };

    private Status? Mapped(Status status, StatusCatalog statuses)
    {
        foreach (var (from, to) in Map!)
            if (from == status.Name)
                return statuses.Find(to) is { Neutral: false } mapped ? mapped : null;
        return status;
    }

    // As Zabbix does: what is up stays up. Steps go along the severities that speak of the thing itself, not of missing data.
    private static Status Step(Status status, int steps, StatusCatalog statuses)
    {
        if (status.Name == StatusCatalog.Up)
            return status;
        Status[] ladder =
        [
            .. statuses
                .Ordered.Where(s => s is { Neutral: false, NoData: false, Removed: false })
                .DistinctBy(s => s.Severity),
        ];
        var above = Array.FindIndex(ladder, s => s.Severity > status.Severity);
        var from =
            steps > 0
                ? (above < 0 ? ladder.Length : above) - 1
                : Array.FindLastIndex(ladder, s => s.Severity < status.Severity) + 1;
        return ladder[Math.Clamp(from + steps, 0, ladder.Length - 1)];
    }

    private static Status Better(Status a, Status b, StatusCatalog statuses) =>
        statuses.RankOf(a.Name) <= statuses.RankOf(b.Name) ? a : b;

    private static Contribution? Read(string[] words, StatusCatalog statuses) =>
        words switch
        {
            ["as-is"] => AsIs,
            ["ignore"] => new(ContributionKind.Ignore),
            ["raise", var steps] when StepsOf(steps) is { } n => new(ContributionKind.Raise, n),
            ["lower", var steps] when StepsOf(steps) is { } n => new(ContributionKind.Lower, n),
            ["cap", var status] when Counts(status, statuses) => new(ContributionKind.Cap, Status: status),
            ["cap", "at", var status] when Counts(status, statuses) => new(ContributionKind.Cap, Status: status),
            ["fixed", var status] when Counts(status, statuses) => new(ContributionKind.Fixed, Status: status),
            ["map", .. var pairs] => ReadMap(string.Concat(pairs), statuses),
            _ => null,
        };

    private static Contribution? ReadMap(string text, StatusCatalog statuses)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var pair in text.Split(','))
        {
            if (pair.Split('=') is not [var from, var to] || !Counts(from, statuses) || statuses.Find(to) is null)
                return null;
            if (pairs.Exists(p => p.Key == from))
                return null;
            pairs.Add(new(from, to));
        }
        return new(ContributionKind.Map, Map: new(pairs));
    }

    private static bool Counts(string status, StatusCatalog statuses) => statuses.Find(status) is { Neutral: false };

    private static int? StepsOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 10 ? n : null;
}
