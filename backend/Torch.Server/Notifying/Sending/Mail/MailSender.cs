using System.Net.Sockets;
using System.Security.Authentication;
using Torch.Domain.Notices;

namespace Torch.Server.Notifying.Sending.Mail;

/// <summary>Sends a message through a mail server.</summary>
internal sealed class MailSender(Outbound outbound, ChannelVault vault, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<SendResult> SendAsync(Channel channel, NoticeMessage message, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var settings = channel.Settings!.Email!;
        try
        {
            await using var session = await SmtpSession.OpenAsync(settings, outbound, both.Token);
            if (settings.User is { } user)
                await session.LoginAsync(user, vault.Open(channel, ChannelSecret.Password) ?? "", both.Token);
            var content = MailText.Of(settings, message);
            var answer = await session.SendAsync(settings.From, settings.To, content, both.Token);
            await session.QuitAsync();
            return new(SendOutcome.Delivered, answer);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SendResult.Failed($"No answer within {Patience.TotalSeconds:0} s.");
        }
        catch (SmtpRefusedException refused)
        {
            return new(refused.IsPermanent ? SendOutcome.Refused : SendOutcome.Failed, refused.Message);
        }
        catch (Exception fault)
            when (fault is SocketException or IOException or AuthenticationException or ForbiddenTargetException)
        {
            return SendResult.Failed(fault.Message);
        }
    }
}
