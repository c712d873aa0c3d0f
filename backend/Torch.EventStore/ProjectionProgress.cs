using Npgsql;

namespace Torch.EventStore;

/// <summary>Where a projection stands.</summary>
/// <param name="Behind">Positions between its checkpoint and the head of the log.</param>
/// <param name="Lag">How long the oldest event beyond its checkpoint has been in the log; zero when there is none.</param>
/// <param name="ParkedStreams">Streams that wait because one of their events could not be folded.</param>
/// <param name="ParkedEvents">Events of those streams.</param>
/// <param name="Rebuild">The rebuild that goes on, or null.</param>
/// <param name="LastRebuild">How the last one ended, or null.</param>
public sealed record ProjectionProgress(
    string Name,
    long Position,
    long Behind,
    TimeSpan Lag,
    long ParkedStreams,
    long ParkedEvents,
    RebuildProgress? Rebuild,
    RebuildEnd? LastRebuild
)
{
    private const string Query = """
        with head as materialized (select torch_log.head() as position)
        select n.name, coalesce(p.last_seq_id, 0), greatest(head.position - coalesce(p.last_seq_id, 0), 0),
            coalesce(greatest(clock_timestamp() - least(
                (select timestamp from journal.mt_events where seq_id > coalesce(p.last_seq_id, 0) order by seq_id limit 1),
                (select timestamp from telemetry.mt_events where seq_id > coalesce(p.last_seq_id, 0) order by seq_id limit 1)
            ), interval '0'), interval '0'),
            (select count(*) from torch_log.parked_events e where e.projection = n.name and e.error is not null),
            (select count(*) from torch_log.parked_events e where e.projection = n.name),
            r.started_at, r.purpose = 'verify', coalesce(s.last_seq_id, 0), coalesce(r.from_position, 0), head.position,
            coalesce((s.last_seq_id - r.resumed_position)
                / nullif(extract(epoch from clock_timestamp() - r.resumed_at), 0), 0)::float8, r.error,
            x.outcome, x.started_at, x.ended_at, x.position, x.live_hash, x.rebuilt_hash, x.different_table, x.different_key
        from unnest($1) with ordinality as n (name, ordinal) cross join head
        left join journal.mt_event_progression p on p.name = n.name
        left join torch_log.rebuilds r on r.projection = n.name
        left join journal.mt_event_progression s on s.name = split_part(n.name, ':', 1) || ':Rebuild'
        left join torch_log.rebuild_results x on x.projection = n.name
        order by n.ordinal
        """;

    /// <summary>Reads it for all of these.</summary>
    public static async Task<IReadOnlyList<ProjectionProgress>> ReadAsync(
        NpgsqlDataSource dataSource,
        IReadOnlyList<IProjection> projections,
        CancellationToken cancellationToken
    )
    {
        await using var command = dataSource.CreateCommand(Query);
        command.Parameters.Add(new NpgsqlParameter { Value = projections.Select(p => p.Name).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<ProjectionProgress>();
        while (await rows.ReadAsync(cancellationToken))
            found.Add(Row(rows));
        return found;
    }

    private static ProjectionProgress Row(NpgsqlDataReader row) =>
        new(
            row.GetString(0),
            row.GetInt64(1),
            row.GetInt64(2),
            row.GetTimeSpan(3),
            row.GetInt64(4),
            row.GetInt64(5),
            row.IsDBNull(6) ? null : RebuildProgress.Of(row),
            row.IsDBNull(13) ? null : RebuildEnd.Of(row)
        );
}

/// <summary>How far a rebuild is.</summary>
/// <param name="IsVerification">It will only be compared with the live tables.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="EventsPerSecond">Positions of the log passed per second, by the process that runs it now.</param>
/// <param name="Share">Of the log, from 0 to 1.</param>
/// <param name="TimeLeft">At this rate; null while there is none.</param>
/// <param name="Error">Why it does not go on, or null.</param>
public sealed record RebuildProgress(
    DateTimeOffset StartedAt,
    bool IsVerification,
    long Position,
    double EventsPerSecond,
    double Share,
    TimeSpan? TimeLeft,
    string? Error
)
{
    internal static RebuildProgress Of(NpgsqlDataReader row)
    {
        var (position, from, head) = (row.GetInt64(8), row.GetInt64(9), row.GetInt64(10));
        var rate = Math.Max(0, row.GetDouble(11));
        var left = Math.Max(0, head - Math.Max(position, from));
        return new RebuildProgress(
            row.GetFieldValue<DateTimeOffset>(6),
            row.GetBoolean(7),
            position,
            Math.Round(rate, 1),
            head <= from ? 1 : Math.Clamp((double)(position - from) / (head - from), 0, 1),
            rate > 0 ? TimeSpan.FromSeconds(Math.Min(Math.Ceiling(left / rate), 1e8)) : null,
            row.IsDBNull(12) ? null : row.GetString(12)
        );
    }
}

/// <summary>How a rebuild ended.</summary>
/// <param name="Position">Where its tables stood then.</param>
/// <param name="Comparison">Of a verification.</param>
public sealed record RebuildEnd(
    RebuildOutcome Outcome,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    long Position,
    StateComparison? Comparison
)
{
    internal static RebuildEnd Of(NpgsqlDataReader row) =>
        new(
            Enum.Parse<RebuildOutcome>(row.GetString(13), ignoreCase: true),
            row.GetFieldValue<DateTimeOffset>(14),
            row.GetFieldValue<DateTimeOffset>(15),
            row.GetInt64(16),
            row.IsDBNull(17)
                ? null
                : new StateComparison(
                    row.GetFieldValue<byte[]>(17),
                    row.GetFieldValue<byte[]>(18),
                    row.IsDBNull(19) ? null : row.GetString(19),
                    row.IsDBNull(20) ? null : row.GetString(20)
                )
        );
}
