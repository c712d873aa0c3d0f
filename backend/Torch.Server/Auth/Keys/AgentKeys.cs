using System.Collections.Concurrent;
using Npgsql;
using Torch.Domain.Agents;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Auth;

/// <summary>
/// Says which agent a key is of. What it knows of a holder it asks the journal again after five seconds, so that a key that was taken back
/// opens nothing for longer; while the database is away it goes by what it knew last.
/// </summary>
internal sealed class AgentKeys(IEventLog log, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private const int Most = 10_000;

    private sealed record Holder(Agent Agent, long ReadAt);

    private readonly ConcurrentDictionary<Guid, Holder> _holders = new();

    /// <summary>The key, or null where it opens nothing.</summary>
    /// <param name="id">That the key names.</param>
    /// <exception cref="NpgsqlException">The database is away, and the holder was not known before.</exception>
    public async Task<Caller?> FindAsync(ShownKey key, Guid id, CancellationToken cancellationToken)
    {
        var agent = await HolderAsync(id, cancellationToken);
        return key.IsOneOf(agent.Keys, time.GetUtcNow()) ? Of(agent) : null;
    }

    private static Caller Of(Agent agent) =>
        new(CallerKind.Agent, $"agent:{agent.Id}", $"agent {agent.Name}", Right.Agent) { Subject = agent.Id };

    /// <summary>Asks the journal the next time, because it has just changed.</summary>
    public void Forget(Guid id) => _holders.TryRemove(id, out _);

    private async Task<Agent> HolderAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_holders.TryGetValue(id, out var known) && time.GetElapsedTime(known.ReadAt) < Fresh)
            return known.Agent;
        try
        {
            var agent = await ReadAsync(id, cancellationToken);
            // Guessed ids have no holder and take no room.
            if (agent.Exists && _holders.Count < Most)
                _holders[id] = new(agent, time.GetTimestamp());
            else
                _holders.TryRemove(id, out _);
            return agent;
        }
        catch (NpgsqlException) when (known is not null)
        {
            return known.Agent;
        }
    }

    private async Task<Agent> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        var agent = Agent.Initial;
        await foreach (var recorded in log.ReadStreamAsync(new StreamRead(Log.Journal, id), cancellationToken))
            if (EventCodec.Decode(recorded) is { } @event)
                agent = Agent.Evolve(agent, @event);
        return agent;
    }
}
