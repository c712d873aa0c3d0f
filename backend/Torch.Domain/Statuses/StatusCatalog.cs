using System.Collections.Frozen;

namespace Torch.Domain.Statuses;

/// <summary>A status: data, not code.</summary>
/// <param name="Name">As rules and events write it.</param>
/// <param name="Label">For people.</param>
/// <param name="Severity">Higher is worse; null for neutral ones.</param>
/// <param name="Available">Null: left out of availability.</param>
/// <param name="Shape">So that colour is never the only sign.</param>
/// <param name="NoData">It speaks of missing data, so raising and lowering step over it.</param>
public sealed record Status(
    string Name,
    string Label,
    int? Severity,
    bool? Available,
    string Shape,
    bool NoData = false
)
{
    /// <summary>A child in a neutral status leaves its parent's denominator.</summary>
    public bool Neutral => Severity is null;
}

/// <summary>Every status of a workspace, and their order.</summary>
public sealed class StatusCatalog
{
    public const string Up = "up";
    public const string Degraded = "degraded";
    public const string Unknown = "unknown";
    public const string Expired = "expired";
    public const string Critical = "critical";
    public const string Down = "down";
    public const string Maintenance = "maintenance";
    public const string Paused = "paused";

    private readonly FrozenDictionary<string, int> _indexes;

    /// <param name="statuses">Of equal severity, a later one is worse. The built-in names must be among them.</param>
    public StatusCatalog(IEnumerable<Status> statuses)
    {
        All = [.. statuses];
        Ordered = [.. All.Where(s => s.Neutral), .. All.Where(s => !s.Neutral).OrderBy(s => s.Severity)];
        _indexes = Ordered
            .Select((s, i) => (s.Name, i))
            .ToFrozenDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
    }

    /// <summary>What Torch brings along.</summary>
    public static StatusCatalog BuiltIn { get; } =
        new([
            new(Up, "Up", 0, true, "circle"),
            new(Degraded, "Degraded", 10, true, "triangle"),
            new(Unknown, "Unknown", 20, null, "hollow-circle", NoData: true),
            new(Expired, "Expired", 20, false, "diamond", NoData: true),
            new(Critical, "Critical", 30, false, "square"),
            new(Down, "Down", 40, false, "octagon"),
            new(Maintenance, "Maintenance", null, null, "wrench"),
            new(Paused, "Paused", null, null, "bars"),
        ]);

    /// <summary>As listed.</summary>
    public IReadOnlyList<Status> All { get; }

    /// <summary>Neutral ones first, then from best to worst. A status's index here is its rank.</summary>
    public IReadOnlyList<Status> Ordered { get; }

    /// <summary>Null where there is no such status.</summary>
    public Status? Find(string name) => _indexes.TryGetValue(name, out var i) ? Ordered[i] : null;

    /// <summary>The rank of a status, or -1 where there is no such status.</summary>
    public int RankOf(string name) => _indexes.GetValueOrDefault(name, -1);
}
