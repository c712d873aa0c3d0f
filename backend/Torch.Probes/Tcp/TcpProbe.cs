using System.Text;
using System.Text.RegularExpressions;
using Torch.Contracts;
using Torch.Probes.Net;

namespace Torch.Probes.Tcp;

/// <summary>A TCP connection: resolve, connect, handshake where asked for, then step by step what is sent and expected.</summary>
internal static class TcpProbe
{
    private const int MaxBannerBytes = 1024;
    private const int MaxStoredBytes = 4 * 1024;

    public static Task<ProbeCompleted> RunAsync(
        RunProbe run,
        ProbeContext context,
        CancellationToken cancellationToken
    ) =>
        ProbeFrame.RunAsync(
            run,
            context,
            (recording, over) =>
                TalkAsync(
                    run.Settings.Tcp ?? throw ProbeFault.Local("The check has no TCP settings."),
                    context,
                    recording,
                    over
                ),
            cancellationToken
        );

    private static async Task TalkAsync(
        TcpSettings tcp,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        var steps = (tcp.Steps ?? []).Select(s => (Step: s, Pattern: Pattern(s.Expect))).ToArray();
        var stream = await Opening.ConnectAsync(
            tcp.Host,
            tcp.Port,
            tcp.AddressFamily,
            context,
            recording,
            cancellationToken
        );
        using var conversation = new Conversation(stream, recording);
        try
        {
            if (tcp.Tls is true)
                await conversation.EncryptAsync(Ask(tcp), context, cancellationToken);
            foreach (var (step, pattern) in steps)
                await TakeAsync(step, pattern, tcp, conversation, context, cancellationToken);
        }
        finally
        {
            Record(conversation.Heard, recording);
        }
    }

    private static async Task TakeAsync(
        TcpStep step,
        Regex? pattern,
        TcpSettings tcp,
        Conversation conversation,
        ProbeContext context,
        CancellationToken cancellationToken
    )
    {
        if (step.Send is { Length: > 0 } text)
            await conversation.SendAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        if (pattern is not null)
            await conversation.ExpectAsync(pattern, cancellationToken);
        if (step.StartTls is true)
            await conversation.EncryptAsync(Ask(tcp), context, cancellationToken);
    }

    private static TlsAsk Ask(TcpSettings tcp) => new(tcp.ServerName ?? tcp.Host, tcp.IgnoreCertificate ?? false);

    // Each line begins and ends anew: "^250 " finds the last line of an answer with several.
    private static Regex? Pattern(string? expect) => Patterns.Of(expect, RegexOptions.Multiline);

    private static void Record(string heard, ProbeRecording recording)
    {
        if (heard.Length == 0)
            return;
        recording.Text = StorableText.Cap(heard, MaxStoredBytes);
        var end = heard.AsSpan().IndexOfAny('\r', '\n');
        recording.Texts["tcp.banner"] = StorableText.Cap(end < 0 ? heard : heard.AsSpan(0, end), MaxBannerBytes);
    }
}
