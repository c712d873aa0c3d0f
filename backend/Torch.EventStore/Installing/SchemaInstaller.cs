using Npgsql;

namespace Torch.EventStore;

/// <summary>Brings a database's schema up to date: the log's scripts first, then those of the caller.</summary>
public static class SchemaInstaller
{
    // Any constant will do, as long as every server uses the same and nothing else does.
    private const long InstallLock = 8391177341250816;

    /// <summary>Applies what is missing, all of it in one transaction. Safe to call from several processes at once.</summary>
    /// <param name="scripts">The caller's own scripts, such as <c>SchemaScript.EmbeddedIn(assembly)</c>.</param>
    /// <exception cref="SchemaException">A script that was applied before has been changed since.</exception>
    public static async Task ApplyAsync(
        NpgsqlDataSource dataSource,
        IReadOnlyList<SchemaScript> scripts,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_xact_lock({InstallLock})", cancellationToken);
        await ExecuteAsync(connection, SchemaScript.OfTheLog[0].Sql, cancellationToken);
        var applied = await AppliedAsync(connection, cancellationToken);
        foreach (var script in SchemaScript.OfTheLog.Concat(scripts))
            await ApplyAsync(connection, script, applied, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task ApplyAsync(
        NpgsqlConnection connection,
        SchemaScript script,
        Dictionary<(string, string), byte[]> applied,
        CancellationToken cancellationToken
    )
    {
        var hash = script.Hash();
        if (applied.TryGetValue((script.Set, script.Name), out var before))
        {
            if (!before.AsSpan().SequenceEqual(hash))
                throw new SchemaException($"{script.Set}: {script.Name} was changed after it had been applied");
            return;
        }
        await ExecuteAsync(connection, script.Sql, cancellationToken);
        await using var record = new NpgsqlCommand(
            "insert into torch_log.schema_versions (set_name, script, sha256) values ($1, $2, $3)",
            connection
        )
        {
            Parameters =
            {
                new() { Value = script.Set },
                new() { Value = script.Name },
                new() { Value = hash },
            },
        };
        await record.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<Dictionary<(string, string), byte[]>> AppliedAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        const string sql = "select set_name, script, sha256 from torch_log.schema_versions";
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<(string, string), byte[]>();
        while (await reader.ReadAsync(cancellationToken))
            applied[(reader.GetString(0), reader.GetString(1))] = reader.GetFieldValue<byte[]>(2);
        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>The database's schema is not one that this version can work with.</summary>
public sealed class SchemaException(string message) : Exception(message);
