using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Torch.EventStore.Copying;

/// <summary>The rows of a side table as JSON objects, in the order of their keys.</summary>
internal static class SideRows
{
    /// <param name="filter">A condition in SQL.</param>
    public static async Task WriteAsync(
        NpgsqlConnection connection,
        SideTable table,
        string filter,
        CopyWriter writer,
        CancellationToken cancellationToken
    )
    {
        string? last = null;
        while (true)
        {
            var page = await PageAsync(connection, table, filter, last, cancellationToken);
            foreach (var row in page)
                writer.Row(table.Name, Encoding.UTF8.GetBytes(row));
            if (page.Count < table.PageRows)
                return;
            last = page[^1];
        }
    }

    // The last row of a page, read back as a row of its table, is the cursor: whatever types the keys have.
    private static async Task<List<string>> PageAsync(
        NpgsqlConnection connection,
        SideTable table,
        string filter,
        string? last,
        CancellationToken cancellationToken
    )
    {
        var keys = Keys(table, "t");
        var sql = $"""
            select to_jsonb(t)::text from {table.Name} t
            where {filter} and ($1 is null or ({keys}) > (select {Keys(
                table,
                "l"
            )} from jsonb_populate_record(null::{table.Name}, $1) l))
            order by {keys} limit {table.PageRows}
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(Json(last));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<string>();
        while (await rows.ReadAsync(cancellationToken))
            page.Add(rows.GetString(0));
        return page;
    }

    /// <summary>Adds rows that are not there yet.</summary>
    /// <exception cref="LogCopyException">One is there with another content.</exception>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        SideTable table,
        string[] rows,
        CancellationToken cancellationToken
    )
    {
        var same = $"({Keys(table, "t")}) = ({Keys(table, "p")})";
        var given = $"unnest($1) as j (row) cross join lateral jsonb_populate_record(null::{table.Name}, j.row) p";
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var add = new NpgsqlCommand(
            $"insert into {table.Name} select p.* from {given} where not exists (select from {table.Name} t where {same})",
            connection
        );
        add.Parameters.Add(Json(rows));
        await add.ExecuteNonQueryAsync(cancellationToken);
        await using var differing = new NpgsqlCommand(
            $"select j.row::text from {given} where not exists (select from {table.Name} t where {same} and to_jsonb(t) = j.row) limit 1",
            connection
        );
        differing.Parameters.Add(Json(rows));
        if (await differing.ExecuteScalarAsync(cancellationToken) is string row)
            throw new LogCopyException($"{table.Name} holds another row than the export: {row}");
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Puts rows of the export in the place of those with the same keys. In the caller's transaction.</summary>
    public static async Task ReplaceAsync(
        NpgsqlConnection connection,
        SideTable table,
        string[] rows,
        CancellationToken cancellationToken
    )
    {
        var given = $"unnest($1) as j (row) cross join lateral jsonb_populate_record(null::{table.Name}, j.row) p";
        string[] steps =
        [
            $"delete from {table.Name} t using {given} where ({Keys(table, "t")}) = ({Keys(table, "p")})",
            $"insert into {table.Name} select p.* from {given}",
        ];
        foreach (var sql in steps)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.Add(Json(rows));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static NpgsqlParameter Json(string? row) =>
        new() { Value = (object?)row ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static NpgsqlParameter Json(string[] rows) =>
        new() { Value = rows, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb };

    private static string Keys(SideTable table, string alias) =>
        string.Join(", ", table.Keys.Select(k => alias + "." + k));
}
