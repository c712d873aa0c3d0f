using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Torch.Probes.Tests;

/// <summary>What stands in front of PostgreSQL and speaks TLS for it, as its own server would: first it is asked whether it does.</summary>
internal static class TlsRelay
{
    public static TestListener Before(IPEndPoint postgres, X509Certificate2 certificate) =>
        TestListener.Talking(async dialogue =>
        {
            (await dialogue.HearAsync(8)).ShouldBe((byte[])[0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
            await dialogue.SayAsync("S");
            await dialogue.BeginTlsAsync(certificate);
            using var server = new TcpClient();
            await server.ConnectAsync(postgres, dialogue.Token);
            var stream = server.GetStream();
            await Task.WhenAny(
                dialogue.Stream.CopyToAsync(stream, dialogue.Token),
                stream.CopyToAsync(dialogue.Stream, dialogue.Token)
            );
        });
}
