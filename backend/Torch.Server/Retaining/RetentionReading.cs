using Npgsql;
using Torch.EventStore.Retention;
using Torch.Server.Evaluating;
using Torch.Server.Features;

namespace Torch.Server.Retaining;

/// <summary>Gathers what the rules judge by.</summary>
internal sealed class RetentionReading(NpgsqlDataSource db, TimeProvider time)
{
    private const string Parked = """
        select p.name, e.projection, count(*) from torch_log.telemetry_partitions p
        join torch_log.parked_events e on e.position >= p.from_position and e.position < p.to_position
        group by p.name, e.projection order by p.name, e.projection
        """;

    // The evaluator's row also where it has not run yet: then nothing has been read.
    private const string Folds = $"""
        select name, coalesce(last_seq_id, 0) from journal.mt_event_progression where name like '%:All' or name like '%:Rebuild'
        union all
        select '{TransitionWriter.Projection}', 0
        where not exists (select from journal.mt_event_progression where name = '{TransitionWriter.Projection}')
        order by 1
        """;

    private const string LogClock = """
        select timestamptz 'epoch' + last_value * interval '1 microsecond' from torch_log.clock
        """;

    public async Task<RetentionFacts> ReadAsync(CancellationToken cancellationToken)
    {
        var clock = await db.QueryAsync(LogClock, [], r => r.GetFieldValue<DateTimeOffset>(0), cancellationToken);
        var wall = time.GetUtcNow();
        return new RetentionFacts(
            wall < clock[0] ? wall : clock[0],
            await new TelemetryPartitions(db).ListAsync(cancellationToken),
            await db.QueryAsync(Folds, [], r => new FoldAt(r.GetString(0), r.GetInt64(1)), cancellationToken),
            await db.QueryAsync(
                "select name, from_time, from_position, reason from torch_log.retention_holds order by name",
                [],
                r => new RetentionHold(r.GetString(0), r.Maybe<DateTimeOffset?>(1), r.Maybe<long?>(2), r.GetString(3)),
                cancellationToken
            ),
            await db.QueryAsync(
                Parked,
                [],
                r => new ParkedIn(r.GetString(0), r.GetString(1), r.GetInt64(2)),
                cancellationToken
            )
        );
    }
}
