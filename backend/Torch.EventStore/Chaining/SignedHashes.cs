using Npgsql;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Chaining;

/// <summary>What of the chain is signed, and what is not yet.</summary>
/// <param name="Position">The newest hash of the chain, 0 where there is none.</param>
/// <param name="Unsigned">Hashes after the newest signature, counted up to 1,000.</param>
/// <param name="Age">Of the newest signature; null where there is none.</param>
/// <param name="Micros">The database's clock, in microseconds since 1970.</param>
internal sealed record SigningState(long Position, byte[] Hash, long Unsigned, TimeSpan? Age, long Micros);

/// <summary>The rows of <c>torch_log.journal_checkpoints</c>.</summary>
internal static class SignedHashes
{
    public static async Task<SigningState> StateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        const string sql = """
            with signed as (select position, at from torch_log.journal_checkpoints order by position desc limit 1),
            newest as (select position, hash from torch_log.journal_chain order by position desc limit 1)
            select coalesce((select position from newest), 0), coalesce((select hash from newest), ''),
                (select count(*) from (select from torch_log.journal_chain
                    where position > coalesce((select position from signed), 0) limit 1000) u),
                clock_timestamp() - (select at from signed), clock_timestamp()
            """;
        await using var command = ChainTable.Command(connection, sql);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new SigningState(
            row.GetInt64(0),
            row.GetFieldValue<byte[]>(1),
            row.GetInt64(2),
            row.IsDBNull(3) ? null : row.GetTimeSpan(3),
            StoredEvent.MicrosOf(row.GetDateTime(4))
        );
    }

    public static async Task AddAsync(
        NpgsqlConnection connection,
        SignedHash signed,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            insert into torch_log.journal_checkpoints (position, hash, at, key_id, signature) values ($1, $2, $3, $4, $5)
            on conflict (position) do nothing
            """;
        await using var command = ChainTable.Command(
            connection,
            sql,
            signed.Position,
            signed.Hash,
            StoredEvent.UtcOf(signed.Micros),
            signed.KeyId,
            signed.Signature
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A keyset page, in order of position.</summary>
    public static async Task<List<SignedHash>> PageAsync(
        NpgsqlConnection connection,
        long after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            select position, hash, at, key_id, signature from torch_log.journal_checkpoints
            where position > $1 order by position limit $2
            """;
        await using var command = ChainTable.Command(connection, sql, after, limit);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<SignedHash>();
        while (await rows.ReadAsync(cancellationToken))
            page.Add(
                new SignedHash(
                    rows.GetInt64(0),
                    rows.GetFieldValue<byte[]>(1),
                    StoredEvent.MicrosOf(rows.GetDateTime(2)),
                    rows.GetString(3),
                    rows.GetFieldValue<byte[]>(4)
                )
            );
        return page;
    }
}
