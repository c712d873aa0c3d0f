using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Torch.EventStore.Rebuilding;

/// <summary>
/// SHA-256 of what tables hold: every row as PostgreSQL writes it, in the order of the primary key, so that the order on disk, dead rows
/// and the way in which the rows came about make no difference.
/// </summary>
internal sealed class StateHash(NpgsqlConnection connection)
{
    // How values are written depends on the session.
    public const string Settings =
        "set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'iso_8601'; set local extra_float_digits = 1";

    public async Task<byte[]> OfAsync(string schema, IReadOnlyList<string> tables, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in tables)
        {
            Append(hash, table);
            await AppendRowsAsync(hash, schema, table, cancellationToken);
        }
        return hash.GetHashAndReset();
    }

    /// <summary>The first row, by primary key, that one schema's table has and the other's has not, or has otherwise.</summary>
    public async Task<string?> FirstDifferenceAsync(
        string schema,
        string other,
        string table,
        CancellationToken cancellationToken
    )
    {
        var key = await KeyAsync(schema, table, cancellationToken);
        var sql = $"""
            select row({string.Join(", ", key)})::text
            from (select {string.Join(", ", key)}, t::text as row from {schema}.{table} t) a
            full join (select {string.Join(", ", key)}, t::text as row from {other}.{table} t) b
            using ({string.Join(", ", key)}) where a.row is distinct from b.row
            order by {string.Join(", ", key)} limit 1
            """;
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private async Task AppendRowsAsync(
        IncrementalHash hash,
        string schema,
        string table,
        CancellationToken cancellationToken
    )
    {
        var key = await KeyAsync(schema, table, cancellationToken);
        var sql = $"select t::text from {schema}.{table} t order by {string.Join(", ", key)}";
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            Append(hash, rows.GetString(0));
    }

    private async Task<List<string>> KeyAsync(string schema, string table, CancellationToken cancellationToken)
    {
        const string sql = """
            select quote_ident(a.attname) from pg_index i
            cross join unnest(i.indkey::smallint[]) with ordinality as k (attnum, ordinal)
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
            where i.indrelid = ($1 || '.' || $2)::regclass and i.indisprimary order by k.ordinal
            """;
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new() { Value = schema },
                new() { Value = table },
            },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var columns = new List<string>();
        while (await rows.ReadAsync(cancellationToken))
            columns.Add(rows.GetString(0));
        return columns;
    }

    // With its length, so that no two different lists of rows give the same bytes.
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
