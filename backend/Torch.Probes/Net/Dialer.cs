using System.Net;
using System.Net.Sockets;

namespace Torch.Probes.Net;

/// <summary>
/// Happy Eyeballs (RFC 8305): families alternate, the next address joins the race when the one before fails or after
/// 250 ms, and the first that connects wins.
/// </summary>
internal static class Dialer
{
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    public static async Task<Socket> ConnectAsync(
        IReadOnlyList<IPAddress> addresses,
        int port,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        recording.Phase = "connecting";
        var mark = recording.Mark();
        try
        {
            var socket =
                addresses.Count == 1
                    ? await AttemptAsync(addresses[0], port, cancellationToken)
                    : await RaceAsync(Alternate(addresses), port, context.Time, cancellationToken);
            recording.Address = ((IPEndPoint)socket.RemoteEndPoint!).Address;
            return socket;
        }
        finally
        {
            recording.Connected(mark);
        }
    }

    /// <summary>The resolver's order, but never two of one family in a row while the other has some left.</summary>
    internal static IReadOnlyList<IPAddress> Alternate(IReadOnlyList<IPAddress> addresses)
    {
        var first = addresses.Where(a => a.AddressFamily == addresses[0].AddressFamily).ToArray();
        var second = addresses.Where(a => a.AddressFamily != addresses[0].AddressFamily).ToArray();
        return Enumerable
            .Range(0, Math.Max(first.Length, second.Length))
            .SelectMany(i => first.Skip(i).Take(1).Concat(second.Skip(i).Take(1)))
            .ToArray();
    }

    private static async Task<Socket> RaceAsync(
        IReadOnlyList<IPAddress> addresses,
        int port,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<Socket>>();
        var faults = new List<ProbeFault>();
        var next = 0;
        try
        {
            while (next < addresses.Count || running.Count > 0)
            {
                if (next < addresses.Count)
                    running.Add(AttemptAsync(addresses[next++], port, over.Token));
                var ended = await FirstToEndAsync(running, isLast: next == addresses.Count, time, over.Token);
                if (ended is null)
                    continue;
                running.Remove(ended);
                try
                {
                    return await ended;
                }
                catch (ProbeFault fault)
                {
                    faults.Add(fault);
                }
            }
            throw ProbeFault.Deciding(faults);
        }
        finally
        {
            if (running.Count > 0)
                await over.CancelAsync();
            running.ForEach(CloseWhenItEnds);
        }
    }

    /// <summary>Null where the head start is over and another address may join.</summary>
    private static async Task<Task<Socket>?> FirstToEndAsync(
        List<Task<Socket>> running,
        bool isLast,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var patience = isLast ? Timeout.InfiniteTimeSpan : HeadStart;
            return await Task.WhenAny(running).WaitAsync(patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static async Task<Socket> AttemptAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
            return socket;
        }
        catch (SocketException fault)
        {
            socket?.Dispose();
            throw SocketFaults.OfConnecting(fault, address.AddressFamily);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    private static void CloseWhenItEnds(Task<Socket> loser) =>
        _ = loser.ContinueWith(
            static ended =>
            {
                if (ended.IsCompletedSuccessfully)
                    ended.Result.Dispose();
                else
                    _ = ended.Exception;
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
}
