using Microsoft.Extensions.Logging;
using Npgsql;

namespace Torch.EventStore.Projecting;

/// <summary>
/// Folds one page: all projections and their checkpoints in one transaction. When that throws for a reason that will not pass, each
/// projection gets a transaction of its own, and one that still throws goes event by event, so that only the culprit is parked.
/// </summary>
internal sealed class PageFolder(NpgsqlDataSource dataSource, ILogger logger)
{
    private const int Tries = 3;

    public async Task FoldAsync(
        IReadOnlyList<IProjection> projections,
        EventPage page,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await FoldTogetherAsync(projections, page, cancellationToken);
        }
        catch (Exception exception) when (IsLasting(exception, cancellationToken))
        {
            logger.LogWarning(exception, "A page up to {Position} could not be folded as a whole", page.Through);
            foreach (var projection in projections)
                await FoldAloneAsync(projection, page, cancellationToken);
        }
    }

    private async Task FoldTogetherAsync(
        IReadOnlyList<IProjection> projections,
        EventPage page,
        CancellationToken cancellationToken
    )
    {
        var names = projections.Select(p => p.Name).ToArray();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var checkpoints = await ProgressTable.LockAsync(connection, names, cancellationToken);
        foreach (var projection in projections)
        {
            var events = Wanted(projection, page, checkpoints[projection.Name]);
            if (events.Count > 0)
                await projection.ApplyAsync(
                    new ProjectionBatch(connection, transaction, ProjectionTarget.Live, events),
                    cancellationToken
                );
        }
        await ProgressTable.MoveAsync(connection, names, page.Through, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task FoldAloneAsync(IProjection projection, EventPage page, CancellationToken cancellationToken)
    {
        try
        {
            await FoldTogetherAsync([projection], page, cancellationToken);
        }
        catch (Exception exception) when (IsLasting(exception, cancellationToken))
        {
            foreach (var @event in page.Events.Where(e => Wants(projection, e)))
                await FoldOneAsync(projection, @event, cancellationToken);
            await FoldTogetherAsync([projection], page with { Events = [] }, cancellationToken);
        }
    }

    private async Task FoldOneAsync(IProjection projection, RecordedEvent @event, CancellationToken cancellationToken)
    {
        var page = new EventPage([@event], @event.Position, IsLive: false);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await FoldTogetherAsync([projection], page, cancellationToken);
                return;
            }
            catch (Exception exception) when (IsLasting(exception, cancellationToken))
            {
                if (attempt < Tries)
                    continue;
                await ParkAsync(projection, @event, exception, cancellationToken);
                return;
            }
        }
    }

    private async Task ParkAsync(
        IProjection projection,
        RecordedEvent @event,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        logger.LogError(
            exception,
            "{Projection} cannot fold event {Position}; it is parked",
            projection.Name,
            @event.Position
        );
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ProgressTable.LockAsync(connection, [projection.Name], cancellationToken);
        await ProgressTable.ParkAsync(connection, projection.Name, @event, exception, cancellationToken);
        await ProgressTable.MoveAsync(connection, [projection.Name], @event.Position, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // A missing table is no event's fault: parking would go through the whole log. Waiting for the schema is right.
    private static bool IsLasting(Exception exception, CancellationToken cancellationToken) =>
        !DatabaseFaults.IsPassing(exception)
        && exception
            is not PostgresException
            {
                SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InsufficientPrivilege
            }
        && !cancellationToken.IsCancellationRequested;

    private static bool Wants(IProjection projection, RecordedEvent @event) =>
        projection.Types is not { } types || types.Contains(@event.Type);

    private static List<RecordedEvent> Wanted(IProjection projection, EventPage page, long checkpoint) =>
        page.Events.Where(e => e.Position > checkpoint && Wants(projection, e)).ToList();
}
