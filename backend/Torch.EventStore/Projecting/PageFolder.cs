using Microsoft.Extensions.Logging;
using Npgsql;

namespace Torch.EventStore.Projecting;

/// <summary>
/// Folds one page: all targets and their checkpoints in one transaction. When that throws for a reason that lies in the events, each
/// target gets a transaction of its own, in which the streams of the culprits are parked. The next page takes the fast way again.
/// </summary>
internal sealed class PageFolder(NpgsqlDataSource dataSource, ILogger logger)
{
    /// <param name="after">Where the page begins: no checkpoint may stand before.</param>
    /// <exception cref="CheckpointLostException">One does.</exception>
    public async Task FoldAsync(
        IReadOnlyList<FoldTarget> targets,
        long after,
        EventPage page,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await FoldTogetherAsync(targets, after, page, cancellationToken);
        }
        catch (Exception exception) when (FoldFaults.IsOfTheEvents(exception, cancellationToken))
        {
            logger.LogWarning("A page up to {Position} is folded with care: {Reason}", page.Through, exception.Message);
            foreach (var target in targets)
                await FoldAloneAsync(target, after, page, cancellationToken);
        }
    }

    /// <summary>Folds a page for one target in a session that the caller commits, parking what cannot be folded.</summary>
    public async Task FoldWithCareAsync(
        FoldSession session,
        FoldTarget target,
        long after,
        EventPage page,
        CancellationToken cancellationToken
    )
    {
        var (free, behind) = await session.PartAsync(target, after, page, cancellationToken);
        await session.ParkAsync(target, behind, null, cancellationToken);
        await new CarefulFold(session, target, logger).FoldAsync(free, cancellationToken);
        await session.MoveAsync([target.Name], page.Through, cancellationToken);
    }

    private async Task FoldTogetherAsync(
        IReadOnlyList<FoldTarget> targets,
        long after,
        EventPage page,
        CancellationToken cancellationToken
    )
    {
        var names = targets.Select(t => t.Name).ToArray();
        await using var session = await FoldSession.BeginAsync(dataSource, names, cancellationToken);
        foreach (var target in targets)
        {
            var (free, behind) = await session.PartAsync(target, after, page, cancellationToken);
            await session.ParkAsync(target, behind, null, cancellationToken);
            await session.ApplyAsync(target, free, cancellationToken);
        }
        await session.MoveAsync(names, page.Through, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    private async Task FoldAloneAsync(
        FoldTarget target,
        long after,
        EventPage page,
        CancellationToken cancellationToken
    )
    {
        await using var session = await FoldSession.BeginAsync(dataSource, [target.Name], cancellationToken);
        await FoldWithCareAsync(session, target, after, page, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }
}
