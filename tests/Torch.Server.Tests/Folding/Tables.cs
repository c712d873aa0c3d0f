using Torch.Testing;

namespace Torch.Server.Tests.Folding;

/// <summary>Looks into the read tables and the log as text.</summary>
internal static class Tables
{
    public static async Task<string?> TextAsync(this TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand($"select ({sql})::text");
        return await command.ExecuteScalarAsync() as string;
    }

    public static Task<string?> StatusAsync(this TestDatabase database, Guid node) =>
        database.TextAsync(
            $"select coalesce(max(status), 'unknown') from torch.node_statuses where node_id = '{node}'"
        );

    /// <summary>Every row of every read table, in a fixed order.</summary>
    public static async Task<string> DumpAsync(this TestDatabase database)
    {
        var dump = "";
        foreach (
            var table in (string[])
                [
                    "nodes",
                    "node_statuses",
                    "edges",
                    "checks",
                    "latest_observations",
                    "transitions",
                    "rollups",
                    "gaps",
                    "absences",
                    "late_observations",
                    "server_figures",
                    "objectives",
                    "node_days",
                    "past_nodes",
                    "past_edges",
                    "past_marks",
                    "past_kinds",
                ]
        )
            dump += await database.TextAsync(
                $"select '{table}: ' || coalesce(string_agg(r::text, E'\\n' order by r::text), '') from torch.{table} r"
            );
        return dump;
    }

    /// <summary>Each transition of a node as <c>from>to</c>, in order.</summary>
    public static Task<string?> TransitionsAsync(this TestDatabase database, Guid node) =>
        database.TextAsync(
            $"""
            select coalesce(string_agg(from_status || '>' || to_status, ' ' order by position), '')
            from torch.transitions where node_id = '{node}'
            """
        );
}
