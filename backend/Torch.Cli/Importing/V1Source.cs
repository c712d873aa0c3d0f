using System.Globalization;
using Npgsql;
using Torch.Domain.Importing;

namespace Torch.Cli.Importing;

/// <summary>Torch v1's four tables, from files or from its database.</summary>
internal static class V1Source
{
    private static readonly string[] Tables = ["reports", "nodes", "rules", "node_rules"];

    /// <exception cref="FileNotFoundException">One of the four files is missing.</exception>
    public static async Task<V1Dump> FromFolderAsync(string folder, CancellationToken cancellationToken)
    {
        var tables = new List<V1Row>[Tables.Length];
        for (var i = 0; i < Tables.Length; i++)
        {
            var file = Path.Combine(folder, Tables[i] + ".csv");
            tables[i] = [.. Csv.Read(await File.ReadAllTextAsync(file, cancellationToken))];
        }
        return V1Dump.Read(tables[0], tables[1], tables[2], tables[3]);
    }

    public static async Task<V1Dump> FromDatabaseAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var tables = new List<V1Row>[Tables.Length];
        for (var i = 0; i < Tables.Length; i++)
            tables[i] = await TableAsync(source, Tables[i], cancellationToken);
        return V1Dump.Read(tables[0], tables[1], tables[2], tables[3]);
    }

    private static async Task<List<V1Row>> TableAsync(NpgsqlDataSource source, string table, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"select * from {table}");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<V1Row>();
        while (await reader.ReadAsync(ct))
            rows.Add(
                new(
                    Enumerable
                        .Range(0, reader.FieldCount)
                        .Select(i => KeyValuePair.Create(reader.GetName(i), Text(reader, i)))
                )
            );
        return rows;
    }

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.GetValue(column) switch
        {
            DBNull => null,
            DateTime at => at.ToString("O", CultureInfo.InvariantCulture),
            var value => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
}
