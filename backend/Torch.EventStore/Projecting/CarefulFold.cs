using Microsoft.Extensions.Logging;

namespace Torch.EventStore.Projecting;

/// <summary>
/// Folds events of which some cannot be folded: halves that throw are rolled back to their savepoint and halved again, until the
/// culprit is alone; its stream is parked and the rest of the page goes on without it. All of it in one transaction.
/// </summary>
internal sealed class CarefulFold(FoldSession session, FoldTarget target, ILogger logger)
{
    private const string Savepoint = "careful";

    // The page as a whole has been tried before: that makes three.
    private const int TriesAlone = 2;

    private readonly HashSet<StreamKey> _parked = [];

    public async Task FoldAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        var behind = new List<RecordedEvent>();
        await FoldAsync(events, behind, cancellationToken);
        await session.ParkAsync(target, behind, null, cancellationToken);
    }

    private async Task FoldAsync(
        IReadOnlyList<RecordedEvent> events,
        List<RecordedEvent> behind,
        CancellationToken cancellationToken
    )
    {
        behind.AddRange(events.Where(IsParked));
        var free = events.Where(e => !IsParked(e)).ToList();
        if (free.Count == 0 || await TryAsync(free, cancellationToken) is not { } error)
            return;
        if (free.Count == 1)
        {
            await FoldOneAsync(free[0], error, cancellationToken);
            return;
        }
        await FoldAsync(free[..(free.Count / 2)], behind, cancellationToken);
        await FoldAsync(free[(free.Count / 2)..], behind, cancellationToken);
    }

    private async Task FoldOneAsync(RecordedEvent @event, Exception error, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries < TriesAlone; tries++)
            if (await TryAsync([@event], cancellationToken) is not { } again)
                return;
            else
                error = again;
        logger.LogError(
            error,
            "{Projection} cannot fold event {Position}: its stream {Stream} is parked",
            target.Name,
            @event.Position,
            @event.StreamId
        );
        await session.ParkAsync(target, [@event], error, cancellationToken);
        _parked.Add(StreamKey.Of(@event));
    }

    private async Task<Exception?> TryAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        await session.Transaction.SaveAsync(Savepoint, cancellationToken);
        try
        {
            await session.ApplyAsync(target, events, cancellationToken);
            await session.Transaction.ReleaseAsync(Savepoint, cancellationToken);
            return null;
        }
        catch (Exception exception) when (FoldFaults.IsOfTheEvents(exception, cancellationToken))
        {
            await session.Transaction.RollbackAsync(Savepoint, cancellationToken);
            await session.Transaction.ReleaseAsync(Savepoint, cancellationToken);
            return exception;
        }
    }

    private bool IsParked(RecordedEvent @event) => _parked.Contains(StreamKey.Of(@event));
}
