using Npgsql;
using Torch.EventStore.Projecting;

namespace Torch.EventStore.Rebuilding;

internal static class Statements
{
    /// <summary>One statement with positional parameters; answers how many rows it changed.</summary>
    public static async Task<int> ExecuteAsync(
        this NpgsqlConnection connection,
        string sql,
        object[] arguments,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var argument in arguments)
            command.Parameters.Add(new NpgsqlParameter { Value = argument });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>As above, for the row of a rebuild, which must be there.</summary>
    /// <exception cref="CheckpointLostException">It is not: the rebuild has been cancelled.</exception>
    public static async Task MustChangeAsync(
        this NpgsqlConnection connection,
        FoldTarget target,
        string sql,
        object[] arguments,
        CancellationToken cancellationToken
    )
    {
        if (await connection.ExecuteAsync(sql, arguments, cancellationToken) == 0)
            throw new CheckpointLostException(target.Name);
    }
}
