using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Torch.Domain.Agents;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Auth;

/// <summary>What a key may do. Each endpoint names the scope that it needs; without a word that is <see cref="Admin"/>.</summary>
internal static class Scopes
{
    /// <summary>Everything but what is an agent's alone.</summary>
    public const string Admin = "admin";

    /// <summary>An agent's own paths, and nothing else.</summary>
    public const string Agent = "agent";
}

/// <summary>A key that was found valid.</summary>
/// <param name="Id">Whose it is; for an agent's key, the agent.</param>
/// <param name="Kind">What kind of holder it has: <c>agent</c>.</param>
/// <param name="Name">The holder, as people know it.</param>
internal sealed record ApiKey(Guid Id, string Kind, string Name, IReadOnlyList<string> Scopes);

/// <summary>The text of a key, <c>torch_(id)_(secret)</c>, and its hash. Only the hash is kept.</summary>
internal sealed record KeyText(Guid Id, string Text)
{
    private const string Prefix = "torch_";
    private const int IdCharacters = 32;

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static KeyText Make(Guid id) =>
        new(id, $"{Prefix}{id:N}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}");

    /// <summary>Null for what is no such key.</summary>
    public static KeyText? Read(string text)
    {
        var idEnd = Prefix.Length + IdCharacters;
        return
            text.Length > idEnd + 1
            && text.Length <= 200
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[idEnd] == '_'
            && Guid.TryParseExact(text.AsSpan(Prefix.Length, IdCharacters), "N", out var id)
            ? new(id, text)
            : null;
    }
}

/// <summary>
/// Says whose a key is. What it knows of a holder it asks the journal again after five seconds, so that a key that was taken back
/// opens nothing for longer; while the database is away it goes by what it knew last.
/// </summary>
internal sealed class ApiKeys(IEventLog log, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private const int Most = 10_000;

    private sealed record Holder(Agent Agent, long ReadAt);

    private readonly ConcurrentDictionary<Guid, Holder> _holders = new();

    /// <summary>The key, or null where it opens nothing.</summary>
    /// <exception cref="NpgsqlException">The database is away, and the holder was not known before.</exception>
    public async Task<ApiKey?> FindAsync(KeyText key, CancellationToken cancellationToken)
    {
        var agent = await HolderAsync(key.Id, cancellationToken);
        var hash = Encoding.ASCII.GetBytes(key.Hash);
        var now = time.GetUtcNow();
        var matches = false;
        // Every hash is looked at, each in constant time: how long it takes tells nothing of how near a guess came.
        foreach (var known in agent.Keys)
            matches |=
                CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(known.Hash), hash)
                & !(known.Until <= now);
        return matches ? new(agent.Id, "agent", agent.Name, [Scopes.Agent]) : null;
    }

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
