using System.Net;
using System.Net.Sockets;
using System.Text;
using Torch.Contracts;
using Torch.Probes.Net;

namespace Torch.Probes.Http;

/// <summary>HTTP and HTTPS over a fresh connection: resolve, connect, handshake, request, judge.</summary>
internal static class HttpProbe
{
    public static async Task<ProbeCompleted> RunAsync(
        RunProbe run,
        ProbeContext context,
        CancellationToken cancellationToken
    )
    {
        var recording = new ProbeRecording(run, context);
        using var timeout = new CancellationTokenSource(run.Timeout, context.Time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var plan = HttpPlan.Of(run.Settings.Http);
            await AskAsync(plan, context, recording, over.Token);
            return recording.Up();
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception fault) when (timeout.IsCancellationRequested && fault is not ProbeFault)
        {
            return recording.Failed(HttpFaults.OfTimeout(run.Timeout, recording));
        }
        catch (Exception fault)
        {
            return recording.Failed(HttpFaults.Of(fault));
        }
    }

    private static async Task AskAsync(
        HttpPlan plan,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        TimedStream? wire = null;
        // The handler asks again, up to three times, where a connection closes without an answer; a probe asks once.
        using var invoker = new HttpMessageInvoker(
            Handler(async token =>
                wire = wire is null ? await OpenAsync(plan, context, recording, token) : throw HttpFaults.ClosedEarly()
            )
        );
        using var request = plan.Request();
        using var response = await invoker.SendAsync(request, cancellationToken);
        var firstByte = wire!.FirstByte ?? recording.Mark();
        recording.FirstByteMs = recording.MsBetween(wire.RequestSent, firstByte);
        HttpAnswer.Record(response, recording);
        var body = await ReadBodyAsync(response, firstByte, recording, cancellationToken);
        plan.Judge.Decide(recording.StatusCode!.Value, body);
    }

    private static async Task<string> ReadBodyAsync(
        HttpResponseMessage response,
        long firstByte,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        recording.Phase = "reading the body";
        try
        {
            return await HttpAnswer.ReadBodyAsync(response, recording, cancellationToken);
        }
        finally
        {
            recording.TransferMs = recording.MsSince(firstByte);
        }
    }

    private static async Task<TimedStream> OpenAsync(
        HttpPlan plan,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        var addresses = await HostResolver.ResolveAsync(plan.Host, context, recording, cancellationToken);
        var socket = await Dialer.ConnectAsync(addresses, plan.Port, context, recording, cancellationToken);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (plan.IsTls)
            stream = await TlsHandshake.PerformAsync(stream, plan.Host, context, recording, cancellationToken);
        recording.Phase = "waiting for the answer";
        return new TimedStream(stream, context.Time);
    }

    /// <summary>
    /// One handler per probe: a shared one may hand the connection that this probe timed to another probe of that host.
    /// </summary>
    private static SocketsHttpHandler Handler(Func<CancellationToken, Task<TimedStream>> open) =>
        new()
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = 64,
            ActivityHeadersPropagator = null,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ConnectCallback = async (_, cancellationToken) => await open(cancellationToken),
        };
}
