using Npgsql;

namespace Torch.EventStore.Measuring;

/// <summary>How many positions were drawn within a span: by binary search for where it begins. What is skipped at the end of a partition does not count.</summary>
internal sealed class RateSearch(NpgsqlConnection connection, IReadOnlyList<PartitionSize> partitions, long head)
{
    public async Task<IReadOnlyList<Rate>> ReadAsync(IReadOnlyList<TimeSpan> spans, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select clock_timestamp()", connection);
        var now = (DateTime)(await command.ExecuteScalarAsync(cancellationToken))!;
        var rates = new List<Rate>();
        foreach (var span in spans)
            rates.Add(new Rate(span, Drawn(await LastBeforeAsync(now - span, cancellationToken))));
        return rates;
    }

    // The last position whose event is older, 0 where none is.
    private async Task<long> LastBeforeAsync(DateTime time, CancellationToken cancellationToken)
    {
        long low = 0;
        var high = head;
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            var at = await TimeAlong.AtOrBeforeAsync(connection, middle, cancellationToken);
            if (at is null || at < time)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    // Retention cuts a partition by moving on to the next one: the rest of its positions is never drawn.
    private long Drawn(long after)
    {
        var skipped = partitions
            .Where(p => p.To <= head && p.To > after)
            .Sum(p => Math.Max(0, p.To - 1 - Math.Max(p.Last ?? p.From - 1, after)));
        return Math.Max(0, head - after - skipped);
    }
}
