using System.Globalization;
using Torch.Domain.Notices;
using Torch.Server.Auth;

namespace Torch.Server.Notifying.Sending;

/// <summary>Sends a message by whatever its channel is.</summary>
internal sealed class Sender(HttpPosting http, Mail.MailSender mail, ChannelVault vault, TimeProvider time)
{
    /// <summary>Never throws but for cancellation: a fault is a failed attempt.</summary>
    public async Task<SendResult> SendAsync(Channel channel, NoticeMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return channel.Settings!.Kind == ChannelKind.Email
                ? await mail.SendAsync(channel, message, cancellationToken)
                : await PostAsync(channel, message, cancellationToken);
        }
        catch (SecretUnreadableException)
        {
            return SendResult.Failed("The channel's secrets cannot be opened with this server's keys.");
        }
    }

    private Task<SendResult> PostAsync(Channel channel, NoticeMessage message, CancellationToken cancellationToken)
    {
        var body = Payloads.Of(channel.Settings!.Kind, message);
        var url = vault.Open(channel, ChannelSecret.Url) ?? "";
        if (channel.Settings.Kind == ChannelKind.Alertmanager)
            url =
                url.TrimEnd('/') is var root && root.EndsWith("/alerts", StringComparison.Ordinal)
                    ? root
                    : root + "/api/v2/alerts";
        return http.PostAsync(url, body, Headers(channel, message, body), cancellationToken);
    }

    private IEnumerable<(string, string)> Headers(Channel channel, NoticeMessage message, byte[] body)
    {
        if (vault.Open(channel, ChannelSecret.Authorization) is { } authorization)
            yield return ("Authorization", authorization);
        if (channel.Settings!.Kind != ChannelKind.Webhook)
            yield break;
        var id = "msg_" + message.Id.ToString("N");
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        yield return ("webhook-id", id);
        yield return ("webhook-timestamp", now.ToString(CultureInfo.InvariantCulture));
        yield return (
            "webhook-signature",
            WebhookSignature.Of(id, now, body, vault.Signing(channel, time.GetUtcNow()))
        );
    }
}
