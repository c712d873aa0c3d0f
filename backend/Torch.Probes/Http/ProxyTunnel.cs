using System.Globalization;
using System.Net;
using System.Text;
using Torch.Probes.Net;

namespace Torch.Probes.Http;

/// <summary>
/// A tunnel through an HTTP proxy (RFC 9110, 9.3.6), for http too. The proxy is told an address, not a name: that address has been resolved
/// here and policy allows it, whereas a proxy might find another one for the name.
/// </summary>
internal static class ProxyTunnel
{
    private const int MaxAnswer = 8 * 1024;

    /// <exception cref="ProbeFault">There is no tunnel. What the proxy itself fails at is not held against the target.</exception>
    public static async Task<Stream> OpenAsync(
        HttpPlan plan,
        HttpHop hop,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        var family = plan.Settings.AddressFamily;
        var targets = await HostResolver.ResolveAsync(hop.Host, family, context, recording, cancellationToken);
        var target = new IPEndPoint(targets[0], hop.Port);
        var stream = await ReachAsync(plan.Proxy!, target, context, recording, cancellationToken);
        try
        {
            // Silence from here on is the target's: the proxy waits for it.
            recording.Phase = "waiting for the proxy's tunnel";
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n"),
                cancellationToken
            );
            Judge(await ReadHeadAsync(stream, cancellationToken));
            return stream;
        }
        catch (IOException fault)
        {
            await stream.DisposeAsync();
            throw ProbeFault.Local("The proxy broke off the connection.", fault);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private static async Task<Stream> ReachAsync(
        Uri proxy,
        IPEndPoint target,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await Opening.ConnectAsync(proxy.IdnHost, proxy.Port, null, context, recording, cancellationToken);
        }
        catch (ProbeFault fault) when (fault.Cause is not Causes.Address)
        {
            throw ProbeFault.Local($"The proxy cannot be reached: {fault.Message}", fault);
        }
        catch (OperationCanceledException fault)
        {
            throw ProbeFault.Local("The proxy did not accept the connection in time.", fault);
        }
        finally
        {
            recording.Address = target.Address;
        }
    }

    private static void Judge(string head)
    {
        var words = head.Split(' ', 3);
        if (words.Length < 2 || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            throw ProbeFault.Local("The proxy's answer is not valid HTTP.");
        if (code is 502 or 503 or 504)
            throw new ProbeFault(Causes.Unreachable, $"The proxy could not reach the target ({code}).");
        if (code is < 200 or > 299)
            throw ProbeFault.Local($"The proxy refused the tunnel ({code}).");
    }

    // Byte by byte: what comes after the empty line is the target's.
    private static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < MaxAnswer)
        {
            if (await stream.ReadAsync(one, cancellationToken) == 0)
                throw ProbeFault.Local("The proxy closed the connection.");
            head.Append((char)one[0]);
            if (one[0] == '\n' && head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                return head.ToString();
        }
        throw ProbeFault.Local("The proxy's answer has no end.");
    }
}
