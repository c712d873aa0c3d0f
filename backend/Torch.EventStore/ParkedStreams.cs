using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Torch.EventStore.Projecting;

namespace Torch.EventStore;

/// <summary>A stream that a projection does not fold, because one of its events could not be folded in three tries.</summary>
/// <param name="Position">Of the event that could not be folded.</param>
/// <param name="Type">Its alias.</param>
/// <param name="Error">Why, in one line.</param>
/// <param name="Events">How many wait: that one and those that came after it.</param>
public sealed record ParkedStream(
    Log Log,
    Guid StreamId,
    long Position,
    string Type,
    string Error,
    DateTimeOffset ParkedAt,
    long Events
);

/// <summary>How folding a parked stream again went.</summary>
public abstract record ParkedRetry
{
    private ParkedRetry() { }

    /// <summary>Nothing of that stream is parked.</summary>
    public sealed record NotParked : ParkedRetry;

    /// <summary>Everything is folded; the stream is parked no more.</summary>
    public sealed record Folded(long Events) : ParkedRetry;

    /// <summary>An event still cannot be folded; nothing has changed but the error.</summary>
    public sealed record Failed(long Position, string Error) : ParkedRetry;
}

/// <summary>The streams that projections have parked: to be shown, and to be tried again.</summary>
public sealed class ParkedStreams
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly ILogger _logger;

    /// <param name="dataSource">The log's database.</param>
    public ParkedStreams(NpgsqlDataSource dataSource, ILogger<ParkedStreams>? logger = null) =>
        (_dataSource, _logger) = (dataSource, logger ?? NullLogger<ParkedStreams>.Instance);

    /// <summary>What a projection has parked, longest first, at most 1,000 streams.</summary>
    public async Task<IReadOnlyList<ParkedStream>> ListAsync(
        IProjection projection,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            select f.log, f.stream_id, f.position, f.type, f.error, f.parked_at,
                (select count(*) from torch_log.parked_events e
                where e.projection = f.projection and e.stream_id = f.stream_id and e.log = f.log)
            from torch_log.parked_events f where f.projection = $1 and f.error is not null
            order by f.position limit 1000
            """;
        await using var command = _dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = projection.Name });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var streams = new List<ParkedStream>();
        while (await rows.ReadAsync(cancellationToken))
            streams.Add(
                new ParkedStream(
                    (Log)rows.GetInt16(0),
                    rows.GetGuid(1),
                    rows.GetInt64(2),
                    rows.GetString(3),
                    rows.GetString(4),
                    rows.GetFieldValue<DateTimeOffset>(5),
                    rows.GetInt64(6)
                )
            );
        return streams;
    }

    /// <summary>Folds what a stream has parked, in order and in one transaction: all of it or nothing.</summary>
    public async Task<ParkedRetry> RetryAsync(
        IProjection projection,
        Guid streamId,
        CancellationToken cancellationToken
    )
    {
        var target = FoldTarget.Live(projection);
        await using var session = await FoldSession.BeginAsync(_dataSource, [target.Name], cancellationToken);
        var retry = new ParkedRetrial(session, target, streamId);
        var outcome = await retry.RunAsync(cancellationToken);
        if (outcome is ParkedRetry.Failed failed)
            _logger.LogWarning(
                "{Projection} still cannot fold {Position}: {Error}",
                target.Name,
                failed.Position,
                failed.Error
            );
        await session.CommitAsync(cancellationToken);
        return outcome;
    }
}
