using System.Collections.Immutable;
using Torch.Domain.Agents;
using Torch.Domain.Rules;

namespace Torch.Domain.Keys;

/// <summary>What keys may do. They are on disk.</summary>
public static class KeyScopes
{
    /// <summary>Report.</summary>
    public const string Ingest = "ingest";

    /// <summary>See everything.</summary>
    public const string Read = "read";

    /// <summary>Change what is monitored; see it too.</summary>
    public const string Write = "write";

    /// <summary>Everything.</summary>
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Ingest, Read, Write, Admin];
}

/// <summary>One key of the API.</summary>
/// <param name="Hashes">The newest first; two while it is being exchanged.</param>
/// <param name="Version">Of the stream at its last change: its ETag.</param>
public sealed record ApiKey(Guid Id, KeySettings Settings, ValueList<KeyHash> Hashes, long Version);

/// <summary>All keys that are not revoked, folded from the one stream of keys.</summary>
public sealed record KeyRegister(ImmutableDictionary<Guid, ApiKey> Keys)
{
    public const int MostPerSecond = 1_000_000;
    private const int MostKeys = 10_000;

    private static readonly Refusal Unknown = new("unknown_key", "There is no such key.");

    public static KeyRegister Empty { get; } = new(ImmutableDictionary<Guid, ApiKey>.Empty);

    public ApiKey? ById(Guid id) => Keys.GetValueOrDefault(id);

    public KeyRegister Evolve(IEvent @event, long version) =>
        @event switch
        {
            ApiKeyCreated e => With(new(e.KeyId, e.Settings, [new(e.KeyHash)], version)),
            ApiKeyChanged e when ById(e.KeyId) is { } key => With(
                key with
                {
                    Settings = e.Settings,
                    Version = version,
                }
            ),
            ApiKeyRotated e when ById(e.KeyId) is { } key => With(
                key with
                {
                    Hashes = [new(e.KeyHash), .. key.Hashes.Take(1).Select(h => h with { Until = e.PreviousUntil })],
                    Version = version,
                }
            ),
            ApiKeyRevoked e => new(Keys.Remove(e.KeyId)),
            _ => this,
        };

    /// <param name="now">By the machine's clock: a key that has expired already is none.</param>
    public Decision Create(Guid id, KeySettings settings, string hash, DateTimeOffset now) =>
        Problem(settings) is { } problem ? Refuse(problem)
        : settings.ExpiresAt <= now ? Refuse(Expired)
        : Keys.Count >= MostKeys ? Decision.Refuse("too_many_keys", $"There are {MostKeys:N0} keys: revoke some first.")
        : Decision.Accept(new ApiKeyCreated(id, settings, hash));

    /// <summary>Other settings. Those that it has change nothing.</summary>
    public Decision Change(Guid id, KeySettings settings) =>
        ById(id) is not { } key ? Refuse(Unknown)
        : Problem(settings) is { } problem ? Refuse(problem)
        : IsSame(key.Settings, settings) ? Decision.Nothing
        : Decision.Accept(new ApiKeyChanged(id, settings));

    public Decision Rotate(Guid id, string hash, DateTimeOffset previousUntil) =>
        ById(id) is null ? Refuse(Unknown) : Decision.Accept(new ApiKeyRotated(id, hash, previousUntil));

    public Decision Revoke(Guid id) => ById(id) is null ? Refuse(Unknown) : Decision.Accept(new ApiKeyRevoked(id));

    private static readonly Refusal Expired = new("bad_expiry", "A key expires in the future, or never.");

    private static Refusal? Problem(KeySettings settings) =>
        Names.Problem(settings.Name) is { } problem ? new("bad_name", problem)
        : settings.Scopes.Count == 0
        || settings.Scopes.Distinct().Count() != settings.Scopes.Count
        || !settings.Scopes.All(KeyScopes.All.Contains)
            ? new("bad_scopes", "A key has one or more of the scopes ingest, read, write and admin.")
        : settings.SourcePrefix is { } prefix && Names.Problem(prefix) is { } bad ? new("bad_source_prefix", bad)
        : settings.SourcePrefix is not null && settings.Scopes is not [KeyScopes.Ingest]
            ? new("bad_source_prefix", "A source prefix belongs to a key that may do nothing but report.")
        : settings.PerSecond is < 1 or > MostPerSecond
            ? new("bad_per_second", $"A key may do from 1 to {MostPerSecond:N0} things a second.")
        : null;

    private KeyRegister With(ApiKey key) => new(Keys.SetItem(key.Id, key));

    private static bool IsSame(KeySettings one, KeySettings other) =>
        one with { Scopes = other.Scopes } == other && one.Scopes.Order().SequenceEqual(other.Scopes.Order());

    private static Decision Refuse(Refusal refusal) => Decision.Refuse(refusal.Code, refusal.Detail);
}
