using Torch.Domain.Checks;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Checks;

/// <summary>The secrets among a check's settings: encrypted in the log, told to agents alone, and shown to nobody.</summary>
internal static class CheckSecrets
{
    /// <summary>As answers show them.</summary>
    public static CheckSettings Masked(CheckSettings settings) => Each(settings, (_, _) => Secrets.Mask);

    /// <summary>As an agent needs them.</summary>
    /// <exception cref="SecretUnreadableException">They were encrypted with keys that are not here.</exception>
    public static CheckSettings Revealed(CheckSettings settings, Secrets secrets) =>
        Each(settings, (_, stored) => secrets.Reveal(stored));

    /// <summary>As the log keeps them.</summary>
    /// <param name="known">What the check has; null for a new one.</param>
    public static CheckSettings Stored(CheckSettings wanted, CheckSettings? known, Secrets secrets)
    {
        var there = known is null ? [] : Of(known);
        var isElsewhere = known is not null && Target(known) != Target(wanted);
        return Each(wanted, (place, sent) => Store(place, sent, there.GetValueOrDefault(place), isElsewhere, secrets));
    }

    private static string Store(string place, string sent, string? known, bool isElsewhere, Secrets secrets)
    {
        // Whoever may not see a secret must not have it sent to a host of their own either.
        if (sent == Secrets.Mask && isElsewhere)
            throw new FaultException(Wanted(place, "is needed again: the check would send it to another address"));
        return secrets.Store(sent, known) ?? throw new FaultException(Wanted(place, "is not known yet: send it once"));
    }

    private static Fault Wanted(string place, string why) =>
        new(
            422,
            "secret_needed",
            $"The secret at {place} {why}.",
            new Dictionary<string, IReadOnlyList<string>> { [place] = [why] }
        );

    private static Dictionary<string, string> Of(CheckSettings settings)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        Each(settings, (place, stored) => found[place] = stored);
        return found;
    }

    // Where a secret goes to.
    private static (string?, string?, string?, string?) Target(CheckSettings settings) =>
        (
            Origin(settings.Http?.Url),
            settings.Http?.Proxy,
            Origin(settings.Feed?.Url),
            settings.Postgres is { } p ? $"{p.Host}:{p.Port ?? 5432}" : null
        );

    private static string? Origin(string? url) => url is null ? null : new Uri(url).GetLeftPart(UriPartial.Authority);

    private static CheckSettings Each(CheckSettings settings, Func<string, string, string> each) =>
        settings with
        {
            Http = settings.Http is { } http
                ? http with
                {
                    Headers = Headers(http.Headers, "/http/headers/", each),
                    Auth = Auth(http.Auth, "/http/auth/", each),
                }
                : null,
            Feed = settings.Feed is { } feed
                ? feed with
                {
                    Headers = Headers(feed.Headers, "/feed/headers/", each),
                    Auth = Auth(feed.Auth, "/feed/auth/", each),
                }
                : null,
            Postgres = settings.Postgres is { Password: { } password } postgres
                ? postgres with
                {
                    Password = each("/postgres/password", password),
                }
                : settings.Postgres,
        };

    private static HttpAuth? Auth(HttpAuth? auth, string place, Func<string, string, string> each) =>
        auth is null
            ? null
            : new(
                auth.Basic is { } basic
                    ? basic with
                    {
                        Password = each(place + "basic/password", basic.Password),
                    }
                    : null,
                auth.Bearer is { } bearer ? each(place + "bearer", bearer) : null
            );

    private static IReadOnlyDictionary<string, string>? Headers(
        IReadOnlyDictionary<string, string>? headers,
        string place,
        Func<string, string, string> each
    ) =>
        headers is null || !headers.Keys.Any(SecretHeaders.IsSecret)
            ? headers
            : headers.ToDictionary(
                h => h.Key,
                h => SecretHeaders.IsSecret(h.Key) ? each(place + h.Key, h.Value) : h.Value,
                StringComparer.Ordinal
            );
}
