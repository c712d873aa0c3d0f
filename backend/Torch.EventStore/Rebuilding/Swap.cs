using Npgsql;
using Torch.EventStore.Projecting;

namespace Torch.EventStore.Rebuilding;

/// <summary>
/// Puts the rebuilt tables in the place of the live ones, in one transaction: holds both checkpoints, folds what is left, takes the
/// tables' locks, swaps. A reader waits for that moment at most and finds the new tables; nobody ever finds none.
/// </summary>
internal sealed class Swap(NpgsqlDataSource dataSource, PageFolder folder, RebuildReader reader) : IRebuildEnd
{
    // Whatever is in the log: a live projection that stands behind comes out ahead.
    public Task<long> BoundAsync(CancellationToken cancellationToken) => Task.FromResult(long.MaxValue);

    public async Task<bool> TryAsync(FoldTarget target, CancellationToken cancellationToken)
    {
        var live = target.Projection.Name;
        await using var session = await FoldSession.BeginAsync(dataSource, [live, target.Name], cancellationToken);
        var from = session.PositionOf(target.Name);
        var page = await reader.ReadAsync(from, cancellationToken);
        if (!page.IsLive && page.Through < session.PositionOf(live))
            return false;
        await folder.FoldWithCareAsync(session, target, from, page, cancellationToken);
        try
        {
            await SwapAsync(session.Connection, target, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
        await MoveAsync(session.Connection, target, page.Through, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task SwapAsync(
        NpgsqlConnection connection,
        FoldTarget target,
        CancellationToken cancellationToken
    )
    {
        // Readers queue behind a lock that is waited for: give up soon, and come again.
        await connection.ExecuteAsync("set local lock_timeout = '200ms'", [], cancellationToken);
        var tables = target.Projection.Tables;
        var names = string.Join(", ", tables.Select(t => $"{ProjectionTarget.Live}.{t}"));
        await connection.ExecuteAsync($"lock table {names} in access exclusive mode", [], cancellationToken);
        await connection.ExecuteAsync($"drop table {names}", [], cancellationToken);
        foreach (var table in tables)
            await connection.ExecuteAsync(
                $"alter table {target.Schema}.{table} set schema {ProjectionTarget.Live}",
                [],
                cancellationToken
            );
    }

    private static async Task MoveAsync(
        NpgsqlConnection connection,
        FoldTarget target,
        long position,
        CancellationToken cancellationToken
    )
    {
        var (live, shadow) = (target.Projection.Name, target.Name);
        await ProgressTable.MoveAsync(connection, [live], position, cancellationToken);
        (string Sql, object[] Arguments)[] statements =
        [
            ("delete from torch_log.parked_events where projection = $1", [live]),
            ("update torch_log.parked_events set projection = $1 where projection = $2", [live, shadow]),
            ("delete from journal.mt_event_progression where name = $1", [shadow]),
        ];
        foreach (var (sql, arguments) in statements)
            await connection.ExecuteAsync(sql, arguments, cancellationToken);
        if (!await RebuildResults.EndAsync(connection, live, RebuildOutcome.Swapped, position, null, cancellationToken))
            throw new CheckpointLostException(shadow);
    }
}
