using System.Globalization;
using Npgsql;
using Torch.Contracts;
using Torch.Server.Agents;

namespace Torch.Server.Features;

/// <summary>What somebody should look at among the agents: those that are away, late, or cannot get rid of their results, and what they say themselves.</summary>
internal sealed class AgentWarnings(NpgsqlDataSource db, LiveAgents live, TimeProvider time)
{
    private const double LateMs = 1_000;
    private static readonly TimeSpan LongAgo = TimeSpan.FromMinutes(5);

    // One that has been away for so long is not missed by anybody.
    private const string Rows =
        AgentReading.Rows
        + " where epoch > 0 and (lost_at is null or lost_at > now() - interval '7 days') order by name";

    public async Task<IReadOnlyList<SystemWarning>> ReadAsync(CancellationToken cancellationToken)
    {
        var agents = await db.QueryAsync(Rows, [], r => live.Complete(AgentReading.Row(r).View), cancellationToken);
        return [.. agents.SelectMany(Of)];
    }

    private IEnumerable<SystemWarning> Of(AgentView agent)
    {
        var who = $"Agent {agent.Name} in {agent.Location}";
        if (agent.State == AgentState.Away)
            yield return new("agent-away", $"{who} is away{Since(agent.LastSeenAt)}.");
        if (agent.Lateness is { P99Ms: > LateMs } lateness)
            yield return new(
                "agent-late",
                $"{who} starts its probes late: one in a hundred by {Seconds(lateness.P99Ms)} s or more, the worst by {Seconds(lateness.WorstMs)} s."
            );
        if (agent.Spool is { OldestAt: { } oldest, Waiting: var waiting } && oldest < time.GetUtcNow() - LongAgo)
            yield return new(
                "agent-spool",
                $"{who} has {Count(waiting)} results waiting for the server, the oldest{Since(oldest)}."
            );
        if (agent.Spool is { Dropped: > 0 and var dropped })
            yield return new("agent-dropped", $"{who} has dropped {Count(dropped)} results, for its spool was full.");
        foreach (var warning in agent.Warnings)
            yield return new("agent", $"{who}: {warning}");
    }

    private static string Since(DateTimeOffset? at) =>
        at is { } since
            ? string.Create(CultureInfo.InvariantCulture, $" since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
            : "";

    private static string Seconds(double ms) => (ms / 1_000).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
