using Torch.Contracts;
using Torch.Domain.Keys;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Keys;

internal static class ListKeys
{
    /// <summary>The keys of the API that are not revoked, by name. Agents' keys belong to the agents.</summary>
    public static async Task<Page<KeyView>> Handle(KeyRing ring, KeyUses uses, TimeProvider time, CancellationToken ct)
    {
        var keys = (await ring.NowAsync(ct)).State.Keys.Values;
        var used = await uses.ReadAsync(ct);
        var now = time.GetUtcNow();
        var views = keys.OrderBy(k => k.Settings.Name, StringComparer.OrdinalIgnoreCase).ThenBy(k => k.Id);
        return new([.. views.Select(k => View(k, used.GetValueOrDefault(k.Id), now))], null, 0);
    }

    public static KeyView View(ApiKey key, KeyUse? use, DateTimeOffset now) =>
        new(
            key.Id,
            key.Settings.Name,
            key.Settings.Scopes,
            key.Settings.SourcePrefix,
            key.Settings.ExpiresAt,
            key.Settings.ExpiresAt <= now,
            key.Settings.PerSecond ?? ApiKeys.DefaultPerSecond,
            key.Hashes.Skip(1).FirstOrDefault(h => h.Until > now)?.Until,
            use?.At,
            use?.From,
            key.Version
        );
}

internal static class GetKey
{
    /// <summary>One key, without its text.</summary>
    public static async Task<KeyView> Handle(
        Guid id,
        HttpContext http,
        KeyRing ring,
        KeyUses uses,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var key = (await ring.NowAsync(ct)).State.ById(id) ?? throw new FaultException(Fault.NotFound("key"));
        http.Response.SetETag(key.Version);
        return ListKeys.View(key, (await uses.ReadAsync(ct)).GetValueOrDefault(id), time.GetUtcNow());
    }
}
