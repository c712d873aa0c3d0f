using Npgsql;
using NpgsqlTypes;

namespace Torch.Server.Evaluating;

/// <summary>Keeps the evaluator's parked streams where projections keep theirs, so that people find all of them in one place. The leader's.</summary>
internal sealed class ParkingRecord(NpgsqlDataSource dataSource, Evaluation evaluation, ILogger<ParkingRecord> logger)
{
    // What an older version could not fold, and this one can, goes.
    private const string Sql = """
        with parked as (
            select * from unnest($2::bigint[], $3::smallint[], $4::uuid[], $5::text[], $6::text[])
                as p (position, log, stream_id, type, error)
        ), gone as (
            delete from torch_log.parked_events where projection = $1 and position not in (select position from parked)
        )
        insert into torch_log.parked_events (projection, position, log, stream_id, type, error)
        select $1, position, log, stream_id, type, error from parked on conflict do nothing
        """;

    private IReadOnlyList<StandingStream>? _recorded;

    /// <summary>Writes them where they are others than last time. While the database is away it comes again.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var parked = evaluation.Parked;
        if (ReferenceEquals(parked, _recorded))
            return;
        try
        {
            await using var command = Command(parked);
            await command.ExecuteNonQueryAsync(cancellationToken);
            _recorded = parked;
        }
        catch (NpgsqlException exception)
        {
            logger.LogDebug(exception, "The evaluator's parked streams are recorded later");
        }
    }

    private NpgsqlCommand Command(IReadOnlyList<StandingStream> parked)
    {
        var command = dataSource.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = TransitionWriter.Projection });
        Add(NpgsqlDbType.Bigint, parked.Select(p => p.Position).ToArray());
        Add(NpgsqlDbType.Smallint, parked.Select(p => (short)p.Log).ToArray());
        Add(NpgsqlDbType.Uuid, parked.Select(p => p.StreamId).ToArray());
        Add(NpgsqlDbType.Text, parked.Select(p => p.Type).ToArray());
        Add(NpgsqlDbType.Text, parked.Select(p => p.Error).ToArray());
        return command;

        void Add(NpgsqlDbType type, object values) =>
            command.Parameters.Add(new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
