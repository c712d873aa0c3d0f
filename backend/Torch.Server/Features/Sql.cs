using Npgsql;

namespace Torch.Server.Features;

/// <summary>Native SQL in one line each: positional parameters in, rows out.</summary>
internal static class Sql
{
    public static async Task<List<T>> QueryAsync<T>(
        this NpgsqlDataSource db,
        string sql,
        object?[] arguments,
        Func<NpgsqlDataReader, T> row,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<T>();
        await db.EachAsync(sql, arguments, r => rows.Add(row(r)), cancellationToken);
        return rows;
    }

    /// <summary>The same where the rows go somewhere else.</summary>
    public static async Task EachAsync(
        this NpgsqlDataSource db,
        string sql,
        object?[] arguments,
        Action<NpgsqlDataReader> row,
        CancellationToken cancellationToken
    )
    {
        await using var command = db.CreateCommand(sql);
        foreach (var argument in arguments)
            command.Parameters.Add(new NpgsqlParameter { Value = argument ?? DBNull.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            row(reader);
    }

    public static async Task<int> ExecuteAsync(
        this NpgsqlDataSource db,
        string sql,
        object?[] arguments,
        CancellationToken cancellationToken
    )
    {
        await using var command = db.CreateCommand(sql);
        foreach (var argument in arguments)
            command.Parameters.Add(new NpgsqlParameter { Value = argument ?? DBNull.Value });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A column that may be null.</summary>
    public static T? Maybe<T>(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? default : row.GetFieldValue<T>(column);
}
