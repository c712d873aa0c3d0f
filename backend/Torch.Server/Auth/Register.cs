using Npgsql;
using Torch.Domain;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Auth;

/// <summary>
/// What one stream of the journal says, in memory. It is asked again after four seconds, so that what was taken back opens nothing for
/// longer than five, on every server; while the database is away it goes by what it knew last.
/// </summary>
internal abstract class Register<T>(IEventLog log, TimeProvider time, Guid stream, T empty) : IDisposable
    where T : class
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(1);

    private sealed record Known(T State, long Version, long ReadAt, TimeSpan For);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Known? _known;

    protected abstract T Evolve(T state, IEvent @event, long version);

    /// <summary>At most four seconds old.</summary>
    /// <exception cref="NpgsqlException">The database is away, and nothing was known before.</exception>
    public ValueTask<T> RecentAsync(CancellationToken ct)
    {
        var known = Volatile.Read(ref _known);
        return known is not null && time.GetElapsedTime(known.ReadAt) < known.For
            ? new(known.State)
            : new(RefreshedAsync(ct));
    }

    /// <summary>As of now, with the version of the stream: what a command decides on.</summary>
    public async Task<(T State, long Version)> NowAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var known = await ReadAsync(ct);
            return (known.State, known.Version);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<T> RefreshedAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var known = _known;
            if (known is not null && time.GetElapsedTime(known.ReadAt) < known.For)
                return known.State;
            try
            {
                return (await ReadAsync(ct)).State;
            }
            catch (NpgsqlException) when (known is not null)
            {
                Volatile.Write(ref _known, known with { ReadAt = time.GetTimestamp(), For = Away });
                return known.State;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<Known> ReadAsync(CancellationToken ct)
    {
        var readAt = time.GetTimestamp();
        var (state, version) = _known is { } known ? (known.State, known.Version) : (empty, 0);
        await foreach (var recorded in log.ReadStreamAsync(new StreamRead(Log.Journal, stream, version + 1), ct))
        {
            version = recorded.Version;
            if (EventCodec.Decode(recorded) is { } @event)
                state = Evolve(state, @event, version);
        }
        var read = new Known(state, version, readAt, Fresh);
        Volatile.Write(ref _known, read);
        return read;
    }
}
