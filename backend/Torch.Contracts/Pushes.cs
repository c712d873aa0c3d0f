using System.Text.Json.Serialization;

namespace Torch.Contracts;

/// <summary>A push key to make: a token that may report a source, in a URL where the script knows no header, and can do nothing else.</summary>
/// <param name="Source">The one source that it opens. Either this or <paramref name="Prefix"/>.</param>
/// <param name="Prefix">It opens every source that begins with this and goes on: for ping keys with slugs, groups of endpoints, and Alertmanager.</param>
/// <param name="Name">For people; the source or prefix where absent. Up to 200 characters.</param>
/// <param name="Token">One that scripts have already: 8 to 200 letters, digits and <c>-._~</c>. Where absent, one is made.</param>
public sealed record PushKeyRequest(
    string? Source = null,
    string? Prefix = null,
    string? Name = null,
    string? Token = null
);

/// <summary>A push key that was made. Its token is told this once; Torch keeps only its SHA-256.</summary>
/// <param name="Urls">Where to push, by what the script was written for: <c>kuma</c>, <c>healthchecks</c>, <c>gatus</c>, <c>alertmanager</c>.</param>
public sealed record PushKeyMade(
    Guid Id,
    string Token,
    IReadOnlyDictionary<string, string> Urls,
    long Position,
    long Version
);

/// <summary>A push key, without its token.</summary>
public sealed record PushKeyView(Guid Id, string Name, string? Source, string? Prefix, DateTimeOffset CreatedAt);

/// <summary>The answer to an Uptime Kuma push.</summary>
public sealed record KumaAnswer(
    bool Ok,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Msg = null
);

/// <summary>Alertmanager's webhook, version 4. Members that it has beside these are passed over.</summary>
public sealed record AlertmanagerWebhook(IReadOnlyList<AlertmanagerAlert> Alerts, string? Version = null);

/// <summary>One alert.</summary>
/// <param name="Status"><c>firing</c> or <c>resolved</c>.</param>
/// <param name="Fingerprint">Of its labels.</param>
public sealed record AlertmanagerAlert(
    string Status,
    IReadOnlyDictionary<string, string> Labels,
    string Fingerprint,
    IReadOnlyDictionary<string, string>? Annotations = null
);
