using Npgsql;
using Torch.EventStore;

namespace Torch.Server.Retaining;

/// <summary>
/// The schema <c>torch_sealed</c>: what the read tables held at the end of the last sealed partition. A rebuild begins from them, for the
/// observations that they came from may be gone.
/// </summary>
internal static class SealedTables
{
    public const string Schema = "torch_sealed";

    /// <summary>Copies a table as it was sealed.</summary>
    /// <inheritdoc cref="ISealedProjection.SeedAsync" path="/returns"/>
    public static Task<long> CopyAsync(ProjectionTarget target, string table, CancellationToken cancellationToken) =>
        SeedAsync(target, $"insert into {target.Schema}.{table} select * from {Schema}.{table}", cancellationToken);

    /// <summary>Fills a table from what was sealed.</summary>
    /// <inheritdoc cref="ISealedProjection.SeedAsync" path="/returns"/>
    // The position first, locked until the rebuild's own checkpoint is committed: sealing waits, and nothing drops what was not seen.
    public static async Task<long> SeedAsync(ProjectionTarget target, string sql, CancellationToken cancellationToken)
    {
        await using var at = new NpgsqlCommand(
            $"select position from {Schema}.progress where id = 1 for share",
            target.Connection,
            target.Transaction
        );
        var position = (long)(await at.ExecuteScalarAsync(cancellationToken))!;
        await using var fill = new NpgsqlCommand(sql, target.Connection, target.Transaction) { CommandTimeout = 0 };
        await fill.ExecuteNonQueryAsync(cancellationToken);
        return position;
    }
}
