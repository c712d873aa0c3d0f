using Npgsql;
using Torch.Contracts;
using Torch.Server.Features;

namespace Torch.Server.Agents;

/// <summary>An agent's row, with what a server that has not heard of it yet can say.</summary>
internal sealed record AgentRow(AgentView View, long Version);

/// <summary>Agents as the read tables hold them.</summary>
internal static class AgentReading
{
    public const string Rows = """
        select id, name, location, has_key, version, epoch, program, host, kinds, connected_at, lost_at, last_seen_at
        from torch.agents
        """;

    public static AgentRow Row(NpgsqlDataReader row)
    {
        var (epoch, connectedAt, lostAt) = (
            row.GetInt64(5),
            row.Maybe<DateTimeOffset?>(9),
            row.Maybe<DateTimeOffset?>(10)
        );
        var view = new AgentView(
            row.GetGuid(0),
            row.GetString(1),
            row.GetString(2),
            State(epoch, lostAt),
            row.Maybe<DateTimeOffset?>(11) ?? connectedAt,
            connectedAt,
            row.Maybe<string>(6),
            row.GetFieldValue<string[]>(8),
            row.Maybe<string>(7),
            epoch,
            0,
            null,
            null,
            [],
            !row.GetBoolean(3)
        );
        return new(view, row.GetInt64(4));
    }

    private static AgentState State(long epoch, DateTimeOffset? lostAt) =>
        epoch == 0 ? AgentState.Never
        : lostAt is null ? AgentState.Live
        : AgentState.Away;
}
