using System.Text.Json.Nodes;
using Torch.Contracts;
using Torch.Domain.Notices;
using ChannelKind = Torch.Contracts.ChannelKind;
using SmtpSecurity = Torch.Contracts.SmtpSecurity;

namespace Torch.Server.Configuring;

/// <summary>A channel as it stands in a file: what is secret stands there as something else.</summary>
internal static class ChannelForm
{
    /// <summary>What is secret, with the way to it. Of a webhook's signing secret nothing is written: it stays, or is made anew.</summary>
    public static IReadOnlyList<(string Secret, string Pointer)> Secrets { get; } =
    [
        (ChannelSecret.Url, "/url"),
        (ChannelSecret.Authorization, "/authorization"),
        (ChannelSecret.Signing, "/signingSecret"),
        (ChannelSecret.Password, "/email/password"),
    ];

    /// <param name="secret">What stands in the place of a secret, by its name; null leaves it out.</param>
    public static JsonObject Of(ChannelSettings settings, Func<string, string?> secret)
    {
        var mail = settings.Email;
        return ConfigJson.Write(
            new ChannelRequest(
                settings.Name,
                (ChannelKind)(int)settings.Kind,
                settings.Enabled ? null : false,
                secret(ChannelSecret.Url),
                secret(ChannelSecret.Authorization),
                secret(ChannelSecret.Signing),
                mail is null
                    ? null
                    : new(
                        mail.Host,
                        mail.From,
                        mail.To,
                        mail.Port,
                        (SmtpSecurity)(int)mail.Security,
                        mail.User,
                        secret(ChannelSecret.Password)
                    )
            )
        );
    }
}
