using Torch.Contracts;
using Torch.Probes.Net;

namespace Torch.Probes.Tls;

/// <summary>A TLS handshake: resolve, connect, the protocol that goes before, handshake, days left.</summary>
internal static class TlsProbe
{
    private const int DefaultPort = 443;

    public static Task<ProbeCompleted> RunAsync(
        RunProbe run,
        ProbeContext context,
        CancellationToken cancellationToken
    ) =>
        ProbeFrame.RunAsync(
            run,
            context,
            (recording, over) =>
                ShakeHandsAsync(
                    run.Settings.Tls ?? throw ProbeFault.Local("The check has no TLS settings."),
                    context,
                    recording,
                    over
                ),
            cancellationToken
        );

    private static async Task ShakeHandsAsync(
        TlsSettings tls,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        var stream = await Opening.ConnectAsync(
            tls.Host,
            tls.Port ?? DefaultPort,
            tls.AddressFamily,
            context,
            recording,
            cancellationToken
        );
        using var conversation = new Conversation(stream, recording);
        await StartTls.AskAsync(tls.StartTls, conversation, cancellationToken);
        var ask = new TlsAsk(tls.ServerName ?? tls.Host, tls.IgnoreCertificate ?? false, Detailed: true);
        await conversation.EncryptAsync(ask, context, cancellationToken);
        CertificateDetails.Demand(tls.DaysLeft, recording);
    }
}
