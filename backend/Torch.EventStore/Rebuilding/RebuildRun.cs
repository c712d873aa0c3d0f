using Microsoft.Extensions.Logging;
using Npgsql;
using Torch.EventStore.Projecting;

namespace Torch.EventStore.Rebuilding;

/// <summary>
/// One rebuild, from wherever it stands: makes the shadow tables unless they stand, folds the log into them page by page, each with its
/// checkpoint in a transaction of its own, and ends it. Killed at any moment, it goes on from the last page.
/// </summary>
internal sealed class RebuildRun(NpgsqlDataSource dataSource, IProjection projection, TimeProvider time, ILogger logger)
{
    // What another process of the group may hold for the same name; the second number tells projections apart.
    private const int LockSpace = 1_179_604_818;
    private const int MostTries = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FoldTarget _target = FoldTarget.Shadow(projection);
    private readonly PageFolder _folder = new(dataSource, logger);

    /// <summary>Returns when it is over, whether ended or cancelled, and also when another process is at it.</summary>
    /// <exception cref="TimeoutException">Readers would not let go of the live tables; what is folded stays folded.</exception>
    public async Task RunAsync(bool isVerification, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (!await AdviseAsync(connection, "pg_try_advisory_lock", cancellationToken))
            return;
        try
        {
            await using var reader = new RebuildReader(dataSource, projection);
            IRebuildEnd end = isVerification
                ? new Comparison(dataSource, _folder, reader, projection)
                : new Swap(dataSource, _folder, reader);
            await FoldAsync(reader, end, cancellationToken);
        }
        catch (CheckpointLostException)
        {
            logger.LogInformation("The rebuild of {Projection} was cancelled", projection.Name);
        }
        finally
        {
            // At once: a pool keeps the connection, and the lock with it.
            if (connection.FullState == System.Data.ConnectionState.Open)
                await AdviseAsync(connection, "pg_advisory_unlock", CancellationToken.None);
        }
    }

    /// <summary>The part of a page up to a position, which then counts as the end of the log.</summary>
    public static EventPage Cut(EventPage page, long bound) =>
        page.Through <= bound
            ? page with
            {
                IsLive = page.IsLive || page.Through == bound,
            }
            : new EventPage([.. page.Events.Where(e => e.Position <= bound)], bound, IsLive: true);

    private async Task FoldAsync(RebuildReader reader, IRebuildEnd end, CancellationToken cancellationToken)
    {
        var position =
            await ShadowTables.PositionAsync(dataSource, _target, cancellationToken)
            ?? await ShadowTables.BeginAsync(dataSource, _target, cancellationToken);
        await RebuildTable.ResumeAsync(dataSource, projection.Name, position, cancellationToken);
        logger.LogInformation("The rebuild of {Projection} begins at {Position}", projection.Name, position);
        position = await CatchUpAsync(reader, end, position, cancellationToken);
        await ShadowTables.AnalyzeAsync(dataSource, _target, cancellationToken);
        for (var tries = 0; tries < MostTries; tries++)
        {
            position = await CatchUpAsync(reader, end, position, cancellationToken);
            if (await end.TryAsync(_target, cancellationToken))
                return;
            await Task.Delay(Pause, time, cancellationToken);
        }
        throw new TimeoutException("somebody reads the live tables for long; the swap is tried again and again");
    }

    // Folds until nothing is left up to the bound.
    private async Task<long> CatchUpAsync(
        RebuildReader reader,
        IRebuildEnd end,
        long position,
        CancellationToken cancellationToken
    )
    {
        for (var pages = 0; ; pages++)
        {
            var page = await PageAsync(reader, end, position, cancellationToken);
            await _folder.FoldAsync([_target], position, page, cancellationToken);
            position = page.Through;
            if (page.IsLive)
                return position;
            // Whatever it waited for before, it goes on now.
            if (pages == 0)
                await RebuildTable.SayAsync(dataSource, projection.Name, null, cancellationToken);
        }
    }

    private async Task<EventPage> PageAsync(
        RebuildReader reader,
        IRebuildEnd end,
        long position,
        CancellationToken cancellationToken
    )
    {
        var bound = await end.BoundAsync(cancellationToken);
        if (bound <= position)
            return new EventPage([], position, IsLive: true);
        var page = await reader.ReadAsync(position, cancellationToken);
        if (page is { IsLive: false } && page.Through < bound)
            reader.ReadAhead(page.Through, cancellationToken);
        return Cut(page, bound);
    }

    private async Task<bool> AdviseAsync(
        NpgsqlConnection connection,
        string function,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand($"select {function}($1, hashtext($2))", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = LockSpace });
        command.Parameters.Add(new NpgsqlParameter { Value = projection.Name });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
