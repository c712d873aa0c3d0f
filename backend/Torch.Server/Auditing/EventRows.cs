using Npgsql;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Auditing;

/// <summary>
/// Events by their positions, and by what they followed from. That has no index: what follows from an event is written within moments of
/// it, so 100,000 positions are looked at where the position is not known.
/// </summary>
internal static class EventRows
{
    private const string Columns =
        "e.seq_id, e.id, e.stream_id, e.version, e.type, e.timestamp, e.data, e.correlation_id, e.causation_id, e.headers";

    private const string At = $"""
        select {Columns} from journal.mt_events e where e.seq_id = any($1) order by e.seq_id
        """;

    private const string CausedBy = $"""
        select {Columns} from journal.mt_events e where e.seq_id > $1 and e.seq_id <= $1 + 100000 and e.causation_id = $2
        order by e.seq_id
        """;

    private const string JournalById = $"""
        select {Columns} from journal.mt_events e where e.seq_id < $1 and e.seq_id >= $1 - 100000 and e.id = $2
        """;

    private const string TelemetryById = """
        select e.seq_id, e.id, e.stream_id, e.version, e.type, e.timestamp, e.data, null::varchar, null::varchar, null::jsonb
        from telemetry.mt_events e where e.seq_id < $1 and e.seq_id >= $1 - 100000 and e.id = $2
        """;

    private const string TelemetryAt = """
        select e.seq_id, e.id, e.stream_id, e.version, e.type, e.timestamp, e.data, null::varchar, null::varchar, null::jsonb
        from telemetry.mt_events e where e.seq_id = $1
        """;

    /// <summary>In the order of the log.</summary>
    public static Task<List<RecordedEvent>> AtAsync(
        NpgsqlDataSource db,
        IReadOnlyCollection<long> positions,
        CancellationToken ct
    ) => db.QueryAsync(At, [positions.ToArray()], r => Row(r, Log.Journal), ct);

    /// <summary>Of either log; null where there is none.</summary>
    public static async Task<RecordedEvent?> OneAsync(NpgsqlDataSource db, long position, CancellationToken ct) =>
        (await AtAsync(db, [position], ct)).FirstOrDefault()
        ?? (await db.QueryAsync(TelemetryAt, [position], r => Row(r, Log.Telemetry), ct)).FirstOrDefault();

    /// <summary>What followed from an event at once.</summary>
    public static Task<List<RecordedEvent>> CausedByAsync(
        NpgsqlDataSource db,
        RecordedEvent cause,
        CancellationToken ct
    ) => db.QueryAsync(CausedBy, [cause.Position, cause.Id.ToString()], r => Row(r, Log.Journal), ct);

    /// <summary>What an event followed from, where that is not dropped. A transition says at which position it stands; of others it is looked for near by.</summary>
    public static async Task<RecordedEvent?> CauseOfAsync(
        NpgsqlDataSource db,
        RecordedEvent effect,
        CancellationToken ct
    )
    {
        if (!Guid.TryParse(effect.Metadata?.CausationId, out var id))
            return null;
        if (
            EventCodec.Decode(effect) is NodeTransitioned { Why.Position: var position }
            && await OneAsync(db, position, ct) is { } there
            && there.Id == id
        )
            return there;
        object[] arguments = [effect.Position, id];
        return (await db.QueryAsync(TelemetryById, arguments, r => Row(r, Log.Telemetry), ct)).FirstOrDefault()
            ?? (await db.QueryAsync(JournalById, arguments, r => Row(r, Log.Journal), ct)).FirstOrDefault();
    }

    private static RecordedEvent Row(NpgsqlDataReader row, Log log) =>
        new(
            log,
            row.GetInt64(0),
            row.GetGuid(1),
            row.GetGuid(2),
            row.GetInt64(3),
            row.GetString(4),
            row.GetFieldValue<DateTimeOffset>(5),
            row.GetFieldValue<byte[]>(6),
            new EventMetadata(
                row.Maybe<string>(7),
                row.Maybe<string>(8),
                row.Maybe<string>(9) is { } headers
                    ? System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(headers)
                    : null
            )
        );
}
