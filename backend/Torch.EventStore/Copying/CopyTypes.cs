namespace Torch.EventStore.Copying;

/// <summary>What to export, and what travels with the events.</summary>
public sealed record ExportOptions
{
    /// <summary>First position, inclusive. After a first file, the one after its last.</summary>
    public long From { get; init; } = 1;

    /// <summary>Last position, inclusive; null for the head of the log.</summary>
    public long? To { get; init; }

    /// <summary>One log only, or both.</summary>
    public Log? Log { get; init; }

    /// <summary>Who writes it, for the header.</summary>
    public string Version { get; init; } = "";

    /// <summary>Facts about the workspace, for the header.</summary>
    public IReadOnlyDictionary<string, string> Workspace { get; init; } = new Dictionary<string, string>();

    /// <summary>Checkpoints that must not begin anew in a copy: whose projection writes to the log.</summary>
    public IReadOnlyList<string> Checkpoints { get; init; } = [];

    /// <summary>Tables beside the events.</summary>
    public IReadOnlyList<SideTable> Tables { get; init; } = SideTable.OfTheLog;

    /// <summary>Events in one statement, 1 to 10,000.</summary>
    public int PageSize { get; init; } = 5_000;

    /// <summary>Called after each page with the position that was reached and the last one.</summary>
    public Action<long, long>? OnPage { get; init; }
}

/// <summary>A table beside the events whose rows travel with them, as <c>{"table": ..., "row": ...}</c>.</summary>
/// <param name="Name">With its schema.</param>
/// <param name="Keys">The columns that tell its rows apart, in which order they are written.</param>
/// <param name="Position">The column that says from which position a row is, for rows that never change. Without it, the table is state as of the export's last position, and the newest export wins.</param>
/// <param name="Log">The one log that it belongs to; null where it belongs to a whole export only.</param>
/// <param name="Where">Which of its rows, in SQL.</param>
/// <param name="PageRows">Rows in one statement.</param>
public sealed record SideTable(
    string Name,
    IReadOnlyList<string> Keys,
    string? Position = null,
    Log? Log = null,
    string Where = "true",
    int PageRows = 1_000
)
{
    /// <summary>What else must stand in front of the events, for they cannot be stored without.</summary>
    internal const string Partitions = "torch_log.telemetry_partitions";

    /// <summary>The log's own.</summary>
    public static IReadOnlyList<SideTable> OfTheLog { get; } =
    [
        new(Partitions, ["from_position"], Log: EventStore.Log.Telemetry),
        new("torch_log.journal_checkpoints", ["position"], "position", EventStore.Log.Journal),
        new("torch_log.spool_offsets", ["spool_id"]),
        new("torch_log.idempotency_keys", ["position", "scope", "key"], "position"),
    ];
}

/// <summary>What an export or import did.</summary>
/// <param name="Events">In the file.</param>
/// <param name="Skipped">Of them, those that the database held already.</param>
public sealed record CopyReport(long From, long To, long Events, long Skipped, TimeSpan Elapsed)
{
    /// <summary>Events per second.</summary>
    public double EventsPerSecond => Events / Math.Max(Elapsed.TotalSeconds, 0.001);
}

/// <summary>An export or import cannot go on. The message is one line for people.</summary>
public sealed class LogCopyException(string message, Exception? inner = null) : Exception(message, inner);
