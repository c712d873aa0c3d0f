using System.Net.Sockets;

namespace Torch.Probes.Net;

/// <summary>The phases that every connection begins with: resolve, connect.</summary>
internal static class Opening
{
    /// <exception cref="ProbeFault">It did not come about.</exception>
    public static async Task<Stream> ConnectAsync(
        string host,
        int port,
        string? family,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        var addresses = await HostResolver.ResolveAsync(host, family, context, recording, cancellationToken);
        var socket = await Dialer.ConnectAsync(addresses, port, context, recording, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
