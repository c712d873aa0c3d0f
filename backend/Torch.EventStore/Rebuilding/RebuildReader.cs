using Npgsql;
using Torch.EventStore.Tailing;

namespace Torch.EventStore.Rebuilding;

/// <summary>Reads what one projection wants, in pages of at most 10,000 events, the next one while this one is folded.</summary>
internal sealed class RebuildReader(NpgsqlDataSource dataSource, IProjection projection) : IAsyncDisposable
{
    private const int PageSize = 10_000;

    private readonly TailReader _reader = new(
        dataSource,
        new PageRead(null, PageSize, projection.Source, projection.Types)
    );

    private (long After, Task<EventPage> Page)? _ahead;

    public Task<EventPage> ReadAsync(long after, CancellationToken cancellationToken)
    {
        var ahead = _ahead;
        _ahead = null;
        return ahead is { } next && next.After == after ? next.Page : FreshAsync(ahead?.Page, after, cancellationToken);
    }

    /// <summary>Begins to read the page after a position.</summary>
    public void ReadAhead(long after, CancellationToken cancellationToken) =>
        _ahead = (after, _reader.ReadAsync(after, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await SettleAsync(_ahead?.Page);
        await _reader.DisposeAsync();
    }

    // One connection reads one page at a time.
    private async Task<EventPage> FreshAsync(Task<EventPage>? unused, long after, CancellationToken cancellationToken)
    {
        await SettleAsync(unused);
        return await _reader.ReadAsync(after, cancellationToken);
    }

    private static async Task SettleAsync(Task? task)
    {
        if (task is not null)
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
