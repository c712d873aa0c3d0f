using Npgsql;

namespace Torch.EventStore.Projecting;

/// <summary>One transaction of folding: it holds the checkpoints of its targets, and knows which streams they have parked.</summary>
internal sealed class FoldSession : IAsyncDisposable
{
    private readonly Dictionary<string, Checkpoint> _checkpoints;

    private FoldSession(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Dictionary<string, Checkpoint> checkpoints
    ) => (Connection, Transaction, _checkpoints) = (connection, transaction, checkpoints);

    public NpgsqlConnection Connection { get; }

    public NpgsqlTransaction Transaction { get; }

    /// <exception cref="CheckpointLostException">One of the names has no checkpoint any more.</exception>
    public static async Task<FoldSession> BeginAsync(
        NpgsqlDataSource dataSource,
        IReadOnlyCollection<string> names,
        CancellationToken cancellationToken
    )
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var checkpoints = await ProgressTable.LockAsync(connection, names, cancellationToken);
            if (names.FirstOrDefault(n => !checkpoints.ContainsKey(n)) is { } lost)
                throw new CheckpointLostException(lost);
            return new FoldSession(connection, transaction, checkpoints);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public long PositionOf(string name) => _checkpoints[name].Position;

    /// <summary>What a target has still to fold of a page, and what of it must wait behind parked events.</summary>
    /// <param name="after">The page begins after it: the checkpoint must not stand before.</param>
    /// <exception cref="CheckpointLostException">It does.</exception>
    public async Task<(List<RecordedEvent> Free, List<RecordedEvent> Behind)> PartAsync(
        FoldTarget target,
        long after,
        EventPage page,
        CancellationToken cancellationToken
    )
    {
        var (checkpoint, hasParked) = _checkpoints[target.Name];
        if (checkpoint < after)
            throw new CheckpointLostException(target.Name);
        var wanted = page.Events.Where(e => e.Position > checkpoint && target.Wants(e)).ToList();
        if (wanted.Count == 0 || !hasParked)
            return (wanted, []);
        var parked = await ParkedEvents.StreamsAsync(Connection, target.Name, wanted, cancellationToken);
        return (
            wanted.FindAll(e => !parked.Contains(StreamKey.Of(e))),
            wanted.FindAll(e => parked.Contains(StreamKey.Of(e)))
        );
    }

    public Task ApplyAsync(
        FoldTarget target,
        IReadOnlyList<RecordedEvent> events,
        CancellationToken cancellationToken
    ) =>
        events.Count == 0
            ? Task.CompletedTask
            : target.Projection.ApplyAsync(
                new ProjectionBatch(Connection, Transaction, target.Schema, events),
                cancellationToken
            );

    public Task ParkAsync(
        FoldTarget target,
        IReadOnlyList<RecordedEvent> events,
        Exception? error,
        CancellationToken cancellationToken
    ) =>
        events.Count == 0
            ? Task.CompletedTask
            : ParkedEvents.AddAsync(Connection, target.Name, events, error, cancellationToken);

    public Task MoveAsync(IReadOnlyCollection<string> names, long to, CancellationToken cancellationToken) =>
        ProgressTable.MoveAsync(Connection, names, to, cancellationToken);

    public Task CommitAsync(CancellationToken cancellationToken) => Transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
