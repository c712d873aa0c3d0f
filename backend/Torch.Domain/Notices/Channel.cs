namespace Torch.Domain.Notices;

/// <summary>How a channel speaks.</summary>
public enum ChannelKind
{
    /// <summary>Standard Webhooks: signed JSON.</summary>
    Webhook,
    Slack,
    Mattermost,
    Discord,
    Teams,
    Email,

    /// <summary>The alerts of Alertmanager's API, version 2.</summary>
    Alertmanager,
}

/// <summary>How a connection to a mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>In plain text until STARTTLS, which the server must offer.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>Not at all: for a relay on the same machine.</summary>
    None,
}

/// <summary>The names of what a channel keeps secret.</summary>
public static class ChannelSecret
{
    /// <summary>Where messages are posted: in the addresses of most services stands a token.</summary>
    public const string Url = "url";

    /// <summary>The value of the Authorization header.</summary>
    public const string Authorization = "authorization";

    /// <summary>Of the mail server's user.</summary>
    public const string Password = "password";

    /// <summary>What a webhook's messages are signed with: <c>whsec_...</c>.</summary>
    public const string Signing = "signing";

    public static IReadOnlyList<string> All { get; } = [Url, Authorization, Password, Signing];
}

/// <summary>A channel's settings as they stand in the log, without what is secret.</summary>
/// <param name="Target">Where messages go, for people: no more of a URL than its host.</param>
public sealed record ChannelSettings(
    string Name,
    ChannelKind Kind,
    string Target,
    bool Enabled = true,
    EmailSettings? Email = null
);

/// <param name="Port">25, 465, 587 or another.</param>
/// <param name="User">Null where the server asks for none.</param>
public sealed record EmailSettings(
    string Host,
    int Port,
    SmtpSecurity Security,
    string From,
    IReadOnlyList<string> To,
    string? User = null
)
{
    public bool Equals(EmailSettings? other) =>
        other is not null
        && (Host, Port, Security, From, User) == (other.Host, other.Port, other.Security, other.From, other.User)
        && To.SequenceEqual(other.To);

    public override int GetHashCode() => HashCode.Combine(Host, Port, From, To.Count);
}

/// <summary>A former signing secret that still signs.</summary>
public sealed record FormerSecret(string Secret, DateTimeOffset Until);

/// <summary>Where notices go, folded from its stream, and the decisions on it.</summary>
/// <param name="Settings">Null before it was created and after it was deleted.</param>
/// <param name="Secrets">Sealed.</param>
/// <param name="DisabledBecause">Its receiver is gone; null while it is not.</param>
public sealed record Channel(
    Guid Id,
    ChannelSettings? Settings,
    IReadOnlyDictionary<string, string> Secrets,
    FormerSecret? Former = null,
    string? DisabledBecause = null
)
{
    private const int MostRecipients = 50;

    /// <summary>Before its first event.</summary>
    public static Channel Initial { get; } = new(Guid.Empty, null, new Dictionary<string, string>());

    public bool Exists => Settings is not null;

    /// <summary>Whether messages are sent to it.</summary>
    public bool IsOpen => Settings is { Enabled: true } && DisabledBecause is null;

    private static readonly Refusal Unknown = new("unknown_channel", "There is no such channel.");

    public static Channel Evolve(Channel channel, IEvent @event) =>
        @event switch
        {
            ChannelCreated e => new(e.ChannelId, e.Settings, e.Secrets),
            ChannelChanged e => channel with
            {
                Settings = e.Settings,
                Secrets = Merged(channel.Secrets, e.Secrets),
                DisabledBecause = null,
            },
            ChannelSecretRotated e => channel with
            {
                Former = channel.Secrets.TryGetValue(ChannelSecret.Signing, out var former)
                    ? new(former, e.FormerUntil)
                    : null,
                Secrets = Merged(
                    channel.Secrets,
                    new Dictionary<string, string> { [ChannelSecret.Signing] = e.Secret }
                ),
            },
            ChannelDisabled e => channel with { DisabledBecause = e.Reason },
            ChannelDeleted => channel with { Settings = null },
            _ => channel,
        };

    public static Decision Create(Guid id, ChannelSettings settings, IReadOnlyDictionary<string, string> secrets) =>
        Problem(settings, secrets) is { } problem
            ? Decision.Refuse(problem.Code, problem.Detail)
            : Decision.Accept(new ChannelCreated(id, settings, secrets));

    /// <summary>Other settings. One that its receiver had disabled is tried again.</summary>
    /// <param name="secrets">Those that are others now; empty texts take them away.</param>
    public Decision Change(ChannelSettings settings, IReadOnlyDictionary<string, string> secrets) =>
        this switch
        {
            { Exists: false } => Decision.Refuse(Unknown.Code, Unknown.Detail),
            _ when Settings!.Kind != settings.Kind => Decision.Refuse(
                "channel_kind_changed",
                "A channel stays of its kind: make another one."
            ),
            _ when Problem(settings, Merged(Secrets, secrets)) is { } problem => Decision.Refuse(
                problem.Code,
                problem.Detail
            ),
            _ when Settings == settings && secrets.Count == 0 && DisabledBecause is null => Decision.Nothing,
            _ => Decision.Accept(new ChannelChanged(Id, settings, secrets.Count > 0 ? secrets : null)),
        };

    /// <param name="secret">Sealed.</param>
    public Decision Rotate(string secret, DateTimeOffset formerUntil) =>
        this switch
        {
            { Exists: false } => Decision.Refuse(Unknown.Code, Unknown.Detail),
            { Settings.Kind: not ChannelKind.Webhook } => Decision.Refuse(
                "channel_not_signed",
                "Only the messages of a webhook are signed."
            ),
            _ => Decision.Accept(new ChannelSecretRotated(Id, secret, formerUntil)),
        };

    public Decision Delete() =>
        Exists ? Decision.Accept(new ChannelDeleted(Id)) : Decision.Refuse(Unknown.Code, Unknown.Detail);

    private static Dictionary<string, string> Merged(
        IReadOnlyDictionary<string, string> known,
        IReadOnlyDictionary<string, string>? others
    )
    {
        var merged = new Dictionary<string, string>(known, StringComparer.Ordinal);
        foreach (var (name, secret) in others ?? new Dictionary<string, string>())
            if (secret.Length == 0)
                merged.Remove(name);
            else
                merged[name] = secret;
        return merged;
    }

    private static Refusal? Problem(ChannelSettings settings, IReadOnlyDictionary<string, string> secrets) =>
        settings switch
        {
            _ when Names.Problem(settings.Name) is { } problem => new("bad_name", problem),
            { Kind: ChannelKind.Email, Email: null } => new(
                "email_missing",
                "A channel by e-mail needs its mail server."
            ),
            { Kind: not ChannelKind.Email, Email: not null } => new(
                "email_unused",
                "Only a channel by e-mail has a mail server."
            ),
            { Kind: not ChannelKind.Email } when !secrets.ContainsKey(ChannelSecret.Url) => new(
                "channel_url_missing",
                "A channel needs the URL that its messages are posted to."
            ),
            { Email.To: { Count: < 1 or > MostRecipients } } => new(
                "bad_recipients",
                $"An e-mail goes to 1 to {MostRecipients} addresses."
            ),
            { Email.Port: < 1 or > 65_535 } => new("bad_mail_port", "A port is from 1 to 65535."),
            _ => null,
        };
}
