using System.Collections.Concurrent;
using Torch.Domain;
using Torch.Domain.Keys;
using Torch.EventStore;

namespace Torch.Server.Auth;

/// <summary>All keys of the API.</summary>
internal sealed class KeyRing(IEventLog log, TimeProvider time)
    : Register<KeyRegister>(log, time, WellKnown.Keys, KeyRegister.Empty)
{
    protected override KeyRegister Evolve(KeyRegister state, IEvent @event, long version) =>
        state.Evolve(@event, version);
}

/// <summary>Says whose a key is: one of the API's, or an agent's.</summary>
internal sealed class ApiKeys(KeyRing ring, AgentKeys agents, KeyUses uses, TimeProvider time)
{
    /// <summary>Reports and requests a second, where a key says nothing else.</summary>
    public const int DefaultPerSecond = 20_000;

    private readonly ConcurrentDictionary<Guid, (ApiKey Key, Caller Caller)> _callers = new();

    /// <summary>Who shows it, or null where it opens nothing.</summary>
    public async ValueTask<Caller?> FindAsync(ShownKey shown, HttpContext http)
    {
        if (shown.Id is not { } id)
            return null;
        var keys = await ring.RecentAsync(http.RequestAborted);
        if (keys.ById(id) is not { } key)
            return await agents.FindAsync(shown, id, http.RequestAborted);
        var now = time.GetUtcNow();
        if (!shown.IsOneOf(key.Hashes, now) || key.Settings.ExpiresAt <= now)
            return null;
        uses.Note(id, http);
        return CallerOf(key);
    }

    /// <summary>Who shows a key with this id: a browser that exchanged it for a session. Null where it opens nothing any more.</summary>
    public async ValueTask<Caller?> FindAsync(Guid id, CancellationToken ct) =>
        (await ring.RecentAsync(ct)).ById(id) is { } key && !(key.Settings.ExpiresAt <= time.GetUtcNow())
            ? CallerOf(key)
            : null;

    private Caller CallerOf(ApiKey key)
    {
        if (_callers.TryGetValue(key.Id, out var known) && ReferenceEquals(known.Key, key))
            return known.Caller;
        var caller = new Caller(
            CallerKind.Key,
            $"key:{key.Id}",
            $"key {key.Settings.Name}",
            RightsOf(key.Settings.Scopes)
        )
        {
            Subject = key.Id,
            SourcePrefix = key.Settings.SourcePrefix,
            PerSecond = key.Settings.PerSecond ?? DefaultPerSecond,
        };
        _callers[key.Id] = (key, caller);
        return caller;
    }

    private static Right RightsOf(IEnumerable<string> scopes) =>
        scopes.Aggregate(
            Right.Anonymous,
            (rights, scope) =>
                rights
                | scope switch
                {
                    KeyScopes.Ingest => Right.Ingest,
                    KeyScopes.Read => Right.Read,
                    KeyScopes.Write => Right.Read | Right.Write,
                    KeyScopes.Admin => Rights.Everything,
                    _ => Right.Anonymous,
                }
        );
}
