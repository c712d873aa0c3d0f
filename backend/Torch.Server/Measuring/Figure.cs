namespace Torch.Server.Measuring;

/// <summary>How the figures of several servers come to one.</summary>
internal enum Across
{
    /// <summary>Each has its own: they add up.</summary>
    Sum,

    /// <summary>Each sees the same, or the slowest counts.</summary>
    Largest,
}

/// <summary>One of Torch's own figures. Its name is in the log, for ever.</summary>
/// <param name="Unit">As people write it.</param>
internal sealed record Figure(string Name, string Unit, Across Across)
{
    public const string Reports = "reports.rate";
    public const string Results = "results.rate";
    public const string AppendP50 = "append.p50";
    public const string AppendP99 = "append.p99";
    public const string EvaluationP99 = "evaluation.p99";
    public const string EvaluationLag = "evaluation.lag";
    public const string ProjectionLag = "projections.lag";
    public const string Late = "observations.late";
    public const string Agents = "agents.live";
    public const string Spool = "spool.waiting";
    public const string Lateness = "probes.lateness";
    public const string Streams = "streams.open";
    public const string Refused = "requests.refused";
    public const string Failed = "requests.failed";
    public const string Incidents = "incidents.open";
    public const string Notices = "notices.waiting";
    public const string Warnings = "log.warnings";
    public const string Cpu = "process.cpu";
    public const string Memory = "process.memory";
    public const string Heap = "process.heap";
    public const string Journal = "journal.bytes";
    public const string Telemetry = "telemetry.bytes";
    public const string Database = "database.bytes";

    private const string PerSecond = "1/s";
    private const string PerMinute = "1/min";
    private const string Ms = "ms";
    private const string Events = "events";
    private const string Number = "1";
    private const string Bytes = "bytes";

    /// <summary>Every figure, in the order in which an operator asks for them.</summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        new(Reports, PerSecond, Across.Sum),
        new(Results, PerSecond, Across.Sum),
        new(AppendP50, Ms, Across.Largest),
        new(AppendP99, Ms, Across.Largest),
        new(EvaluationP99, Ms, Across.Largest),
        new(EvaluationLag, Events, Across.Largest),
        new(ProjectionLag, Events, Across.Largest),
        new(Late, PerMinute, Across.Largest),
        new(Agents, Number, Across.Largest),
        new(Spool, Number, Across.Largest),
        new(Lateness, Ms, Across.Largest),
        new(Streams, Number, Across.Sum),
        new(Refused, PerMinute, Across.Sum),
        new(Failed, PerMinute, Across.Sum),
        new(Incidents, Number, Across.Largest),
        new(Notices, Number, Across.Largest),
        new(Warnings, PerMinute, Across.Sum),
        new(Cpu, "cores", Across.Sum),
        new(Memory, Bytes, Across.Sum),
        new(Heap, Bytes, Across.Sum),
        new(Journal, Bytes, Across.Largest),
        new(Telemetry, Bytes, Across.Largest),
        new(Database, Bytes, Across.Largest),
    ];
}
