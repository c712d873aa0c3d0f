using System.Text.Json.Nodes;
using Torch.Server.Auth;
using Torch.Server.Configuring.Text;

namespace Torch.Server.Configuring;

/// <summary>What of a check is secret: it leaves Torch as a placeholder, and is shown in no difference.</summary>
internal static class ConfigSecrets
{
    private const string Hidden = "(secret)";

    private static readonly string[] Members = ["password", "bearer"];
    private static readonly string[] HeaderWords = ["authorization", "cookie", "token", "secret", "key", "password"];

    /// <summary>Whether a member of a check, by the way to it, holds something secret.</summary>
    public static bool IsSecret(IReadOnlyList<string> way) =>
        Members.Contains(way[^1], StringComparer.Ordinal)
        || (
            way.Count > 1
            && way[^2] == "headers"
            && !way.Contains("expect", StringComparer.Ordinal)
            && (
                SecretHeaders.IsSecret(way[^1])
                || HeaderWords.Any(w => way[^1].Contains(w, StringComparison.OrdinalIgnoreCase))
            )
        )
        || (way[^1] is "url" or "proxy");

    /// <summary>Puts something else in the place of each secret text of a check.</summary>
    /// <param name="other">Is asked with the way to it and the text; null leaves it.</param>
    public static void Replace(JsonObject check, Func<IReadOnlyList<string>, string, string?> other) =>
        Replace(check, [], other);

    /// <summary>The same without what nobody should see.</summary>
    public static JsonObject Redacted(JsonObject check)
    {
        var copy = (JsonObject)check.DeepClone();
        Replace(copy, (way, text) => way[^1] is "url" or "proxy" ? WithoutPassword(text, Hidden) : Hidden);
        return copy;
    }

    /// <summary>
    /// Puts placeholders in the place of secrets. Named after the check and the member, a number behind where that is taken.
    /// </summary>
    public static void TakeOut(JsonObject check, string name, Dictionary<string, string> taken) =>
        Replace(
            check,
            (way, text) =>
                way[^1] is "url" or "proxy" ? TakeOutOfUrl(text, name, taken)
                : Placeholders.IsOne(text) ? null
                : $"${{{Name([name, way[^1]], text, taken)}}}"
        );

    /// <summary>Puts a placeholder for a secret at a place of an object.</summary>
    /// <param name="pointer">One or two steps, of which the first is there.</param>
    public static void Place(
        JsonObject form,
        string pointer,
        string name,
        string secret,
        Dictionary<string, string> taken
    )
    {
        var steps = pointer[1..].Split('/');
        var at = steps.Length == 1 ? form : form[steps[0]]?.AsObject();
        if (at is not null)
            at[steps[^1]] = $"${{{Name([name, steps[^1]], secret, taken)}}}";
    }

    private static string? TakeOutOfUrl(string url, string name, Dictionary<string, string> taken) =>
        PasswordOf(url) is { } password && !Placeholders.IsOne(password)
            ? WithoutPassword(url, $"${{{Name([name, "password"], password, taken)}}}")
            : null;

    /// <summary>Where a secret's placeholder was given no value, what is in force stays.</summary>
    /// <param name="unfilled">Ways, joined by slashes, at which a text holds such a placeholder; what is kept is taken out.</param>
    public static void Keep(JsonObject check, JsonObject inForce, HashSet<string> unfilled) =>
        Replace(
            check,
            (way, text) =>
            {
                var key = string.Join('/', way);
                if (!unfilled.Contains(key) || TextAt(inForce, way) is not { } known)
                    return null;
                var kept =
                    IsKeptByMask(way) ? Secrets.Mask
                    : way[^1] is not ("url" or "proxy") ? known
                    : WithoutPassword(known, "") == WithoutPassword(text, "") ? known
                    : null;
                if (kept is not null)
                    unfilled.Remove(key);
                return kept;
            }
        );

    // What the log keeps encrypted stays by its mask; what it does not, by its text.
    private static bool IsKeptByMask(IReadOnlyList<string> way) =>
        Members.Contains(way[^1], StringComparer.Ordinal)
        || (way.Count > 1 && way[^2] == "headers" && SecretHeaders.IsSecret(way[^1]));

    public static string? TextAt(JsonNode? node, IReadOnlyList<string> way)
    {
        foreach (var name in way)
            node = (node as JsonObject)?[name];
        return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }

    private static string Name(string[] words, string value, Dictionary<string, string> taken)
    {
        var name = Placeholders.NameOf(words);
        for (var i = 2; !taken.TryAdd(name, value); i++)
            name = FormattableString.Invariant($"{Placeholders.NameOf(words)}_{i}");
        return name;
    }

    private static string? WithoutPassword(string url, string other) =>
        PasswordAt(url) is var (from, to) ? url[..from] + other + url[to..] : null;

    private static string? PasswordOf(string url) => PasswordAt(url) is var (from, to) ? url[from..to] : null;

    // https://user:password@host/
    private static (int From, int To)? PasswordAt(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return null;
        var host = scheme + 3;
        var path = url.IndexOfAny(['/', '?', '#'], host);
        var at = url.LastIndexOf('@', path < 0 ? url.Length - 1 : path);
        var colon = url.IndexOf(':', host);
        return colon >= 0 && colon + 1 < at ? (colon + 1, at) : null;
    }

    private static void Replace(JsonNode? node, List<string> way, Func<IReadOnlyList<string>, string, string?> other)
    {
        if (node is not JsonObject members)
            return;
        foreach (var (name, value) in members.ToList())
        {
            way.Add(name);
            if (value is JsonValue scalar && scalar.TryGetValue<string>(out var text))
            {
                if (IsSecret(way) && other(way, text) is { } replaced)
                    members[name] = replaced;
            }
            else
                Replace(value, way, other);
            way.RemoveAt(way.Count - 1);
        }
    }
}
