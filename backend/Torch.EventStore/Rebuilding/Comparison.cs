using System.Data;
using Npgsql;
using Torch.EventStore.Projecting;

namespace Torch.EventStore.Rebuilding;

/// <summary>
/// Compares rebuilt tables with the live ones at one position. The live checkpoint is held only until a snapshot is taken that sees both
/// at the same place; the hashes are computed in that snapshot, while live folding goes on.
/// </summary>
internal sealed class Comparison(
    NpgsqlDataSource dataSource,
    PageFolder folder,
    RebuildReader reader,
    IProjection projection
) : IRebuildEnd
{
    // Beyond the live tables there is nothing to compare with.
    public async Task<long> BoundAsync(CancellationToken cancellationToken)
    {
        const string sql = "select last_seq_id from journal.mt_event_progression where name = $1";
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = projection.Name });
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    public async Task<bool> TryAsync(FoldTarget target, CancellationToken cancellationToken)
    {
        await using var snapshot = await dataSource.OpenConnectionAsync(cancellationToken);
        StateComparison comparison;
        long position;
        await using (
            var seeing = await snapshot.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken)
        )
        {
            if (await AlignAsync(snapshot, target, cancellationToken) is not { } aligned)
                return false;
            (position, comparison) = (aligned, await CompareAsync(snapshot, target, cancellationToken));
        }
        var outcome = comparison.IsEqual ? RebuildOutcome.Equal : RebuildOutcome.Different;

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ShadowTables.DropAsync(connection, target, cancellationToken);
        await RebuildResults.EndAsync(connection, projection.Name, outcome, position, comparison, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    // Holds the live checkpoint, brings the shadow to it, takes the snapshot, lets go.
    private async Task<long?> AlignAsync(
        NpgsqlConnection snapshot,
        FoldTarget target,
        CancellationToken cancellationToken
    )
    {
        await using var held = await FoldSession.BeginAsync(dataSource, [projection.Name], cancellationToken);
        var position = held.PositionOf(projection.Name);
        await using (var session = await FoldSession.BeginAsync(dataSource, [target.Name], cancellationToken))
        {
            var from = session.PositionOf(target.Name);
            var page = RebuildRun.Cut(await reader.ReadAsync(from, cancellationToken), position);
            if (page.Through < position)
                return null;
            await folder.FoldWithCareAsync(session, target, from, page, cancellationToken);
            await session.CommitAsync(cancellationToken);
        }
        // The first statement of the transaction takes the snapshot.
        await snapshot.ExecuteAsync(StateHash.Settings, [], cancellationToken);
        await snapshot.ExecuteAsync("select last_seq_id from journal.mt_event_progression", [], cancellationToken);
        return position;
    }

    private static async Task<StateComparison> CompareAsync(
        NpgsqlConnection snapshot,
        FoldTarget target,
        CancellationToken cancellationToken
    )
    {
        var hash = new StateHash(snapshot);
        var tables = target.Projection.Tables;
        var live = await hash.OfAsync(ProjectionTarget.Live, tables, cancellationToken);
        var rebuilt = await hash.OfAsync(target.Schema, tables, cancellationToken);
        if (live.AsSpan().SequenceEqual(rebuilt))
            return new StateComparison(live, rebuilt, null, null);
        foreach (var table in tables)
            if (
                await hash.FirstDifferenceAsync(ProjectionTarget.Live, target.Schema, table, cancellationToken) is
                { } key
            )
                return new StateComparison(live, rebuilt, table, key);
        throw new DataException($"the states of {target.Projection.Name} differ, but no row does");
    }
}
