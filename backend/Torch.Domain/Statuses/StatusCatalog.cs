using System.Collections.Frozen;

namespace Torch.Domain.Statuses;

/// <summary>A status: data, not code.</summary>
/// <param name="Name">As rules and events write it.</param>
/// <param name="Label">For people.</param>
/// <param name="Severity">Higher is worse; null for neutral ones.</param>
/// <param name="Available">Null: left out of availability.</param>
/// <param name="Shape">So that colour is never the only sign.</param>
/// <param name="NoData">It speaks of missing data, so raising and lowering step over it.</param>
/// <param name="Colour"><c>#rrggbb</c>; null for built-in ones, whose colours belong to the theme.</param>
/// <param name="Removed">It was one once: nobody can name it any more, and nodes that still have it lose it at their next judgement.</param>
public sealed record Status(
    string Name,
    string Label,
    int? Severity,
    bool? Available,
    string Shape,
    bool NoData = false,
    string? Colour = null,
    bool Removed = false
)
{
    /// <summary>A child in a neutral status leaves its parent's denominator.</summary>
    public bool Neutral => Severity is null;
}

/// <summary>Every status of a workspace, and their order.</summary>
public sealed partial class StatusCatalog
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
    private readonly bool _takesAnyName;

    /// <param name="statuses">Of equal severity, a later one is worse. The built-in names must be among them.</param>
    public StatusCatalog(IEnumerable<Status> statuses)
    {
        List<Status> every = [.. statuses];
        All = every.FindAll(s => !s.Removed);
        Ordered = [.. every.Where(s => s.Neutral), .. every.Where(s => !s.Neutral).OrderBy(s => s.Severity)];
        Own = every.FindAll(s => !BuiltInNames.Contains(s.Name));
        _indexes = Ordered
            .Select((s, i) => (s.Name, i))
            .ToFrozenDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
    }

    private StatusCatalog(StatusCatalog known)
        : this(known.All) => _takesAnyName = true;

    private static readonly FrozenSet<string> BuiltInNames = new[]
    {
        Up,
        Degraded,
        Unknown,
        Expired,
        Critical,
        Down,
        Maintenance,
        Paused,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Takes every name for a status: what stands in the log was checked when it came in.</summary>
    public static StatusCatalog AnyName => field ??= new(BuiltIn);

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

    /// <summary>The workspace's own, removed ones included, in the order in which they were defined.</summary>
    public IReadOnlyList<Status> Own { get; }

    /// <summary>As listed.</summary>
    public IReadOnlyList<Status> All { get; }

    /// <summary>Neutral ones first, then from best to worst. A status's index here is its rank.</summary>
    public IReadOnlyList<Status> Ordered { get; }

    /// <summary>Null where there is no such status.</summary>
    public Status? Find(string name) =>
        !_indexes.TryGetValue(name, out var i) ? (_takesAnyName ? new(name, name, 20, null, "circle") : null)
        : Ordered[i].Removed ? null
        : Ordered[i];

    /// <summary>The built-in ones and some of the workspace's own.</summary>
    public static StatusCatalog With(IReadOnlyList<Status> own) =>
        own.Count == 0 ? BuiltIn : new([.. BuiltIn.All, .. own]);

    /// <summary>Takes one event of the stream of statuses; after others it is the same.</summary>
    public StatusCatalog Fold(IEvent @event) => Fold([@event]);

    /// <summary>Takes several, in their order, and makes the catalogue anew once.</summary>
    public StatusCatalog Fold(IEnumerable<IEvent> events)
    {
        List<Status> own = [.. Own];
        var places = own.Select((s, i) => (s.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        var isOther = false;
        foreach (var @event in events)
            if (Said(@event, name => places.TryGetValue(name, out var i) ? own[i] : null) is { } status)
                isOther |= Put(own, places, status);
        return isOther ? With(own) : this;
    }

    private static Status? Said(IEvent @event, Func<string, Status?> known) =>
        @event switch
        {
            StatusDefined e => new(e.Name, e.Label, e.Severity, e.Available, e.Shape, Colour: e.Colour),
            StatusChanged e => new(e.Name, e.Label, e.Severity, e.Available, e.Shape, Colour: e.Colour),
            StatusRemoved e when known(e.Name) is { } gone => gone with { Removed = true },
            _ => null,
        };

    // A built-in one stays what it is, whatever a foreign log says. One that comes back takes its old place.
    private static bool Put(List<Status> own, Dictionary<string, int> places, Status status)
    {
        if (BuiltInNames.Contains(status.Name))
            return false;
        if (places.TryAdd(status.Name, own.Count))
            own.Add(status);
        else
            own[places[status.Name]] = status;
        return true;
    }

    /// <summary>The rank of a status, or -1 where there is no such status.</summary>
    public int RankOf(string name) => _indexes.GetValueOrDefault(name, -1);
}
