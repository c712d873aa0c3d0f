using Npgsql;
using Torch.EventStore.Measuring;

namespace Torch.EventStore;

/// <summary>Between moments and positions. Timestamps never decrease along positions, so a search by halves finds one in a few dozen short statements.</summary>
public sealed class LogTimes(NpgsqlDataSource dataSource)
{
    /// <summary>The position of the last event at or before a moment; 0 where there is none.</summary>
    public async Task<long> LastAtAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select torch_log.head()", connection);
        long low = 0;
        var high = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (
                await TimeAlong.AtOrBeforeAsync(connection, middle, cancellationToken) is { } at
                && at > time.UtcDateTime
            )
                high = middle - 1;
            else
                low = middle;
        }
        return await TimeAlong.AtOrBeforeAsync(connection, low, cancellationToken) is null ? 0 : low;
    }

    /// <summary>When the last event up to a position was taken; null before the first.</summary>
    public async Task<DateTimeOffset?> OfAsync(long position, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var at = await TimeAlong.AtOrBeforeAsync(connection, position, cancellationToken);
        return at is { } time ? new DateTimeOffset(time) : null;
    }

    /// <summary>When the first event from a position on was taken; null where there is none. Nothing up to the position is later, also where retention has dropped it.</summary>
    public async Task<DateTimeOffset?> AfterAsync(long position, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var at = await TimeAlong.AtOrAfterAsync(connection, position, cancellationToken);
        return at is { } time ? new DateTimeOffset(time) : null;
    }
}
