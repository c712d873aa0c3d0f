using System.Net;
using Torch.Contracts;
using Torch.Probes.Net;

namespace Torch.Probes.Icmp;

/// <summary>Echo requests and their answers: resolve, send a few, count what comes back.</summary>
internal static class IcmpProbe
{
    private const int DefaultCount = 3;
    private const int DefaultBytes = 56;

    // One answer is enough where the check says nothing.
    private const double DefaultMaxLoss = 99.9;

    /// <summary>What an unprivileged ping may not go below either.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    public static Task<ProbeCompleted> RunAsync(
        RunProbe run,
        ProbeContext context,
        CancellationToken cancellationToken
    ) =>
        ProbeFrame.RunAsync(
            run,
            context,
            (recording, over) =>
                PingAsync(
                    run.Settings.Icmp ?? throw ProbeFault.Local("The check has no ICMP settings."),
                    run.Timeout,
                    context,
                    recording,
                    over
                ),
            cancellationToken
        );

    private static async Task PingAsync(
        IcmpSettings icmp,
        TimeSpan timeout,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        var mark = recording.Mark();
        var addresses = await HostResolver.ResolveAsync(
            icmp.Host,
            icmp.AddressFamily,
            context,
            recording,
            cancellationToken
        );
        recording.Phase = "waiting for answers";
        // The last answers may be late: what is left of the time is theirs, but for a little to tell the result.
        var left = (timeout - context.Time.GetElapsedTime(mark)) * 0.95;
        var (sent, roundTrips) = await FirstThatAnswersAsync(
            addresses,
            icmp,
            left,
            context,
            recording,
            cancellationToken
        );
        Record(roundTrips, sent, recording);
        Judge(roundTrips.Length, sent, icmp.Expect?.MaxLoss);
    }

    // Both families, as with connections: the next one joins where the one before fails or stays silent for 250 ms.
    private static async Task<Answered> FirstThatAnswersAsync(
        IReadOnlyList<IPAddress> addresses,
        IcmpSettings icmp,
        TimeSpan patience,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pings = new List<(IPAddress Address, Task<Answered> Run)>();
        try
        {
            foreach (var address in Dialer.Alternate(addresses).DistinctBy(a => a.AddressFamily))
            {
                var echoes = new Echoes(address, icmp.PacketBytes ?? DefaultBytes, context.Time);
                var run = echoes.RunAsync(
                    icmp.Count ?? DefaultCount,
                    Spacing,
                    patience - HeadStart * pings.Count,
                    over.Token
                );
                pings.Add((address, run));
                if (await echoes.IsAnsweredWithinAsync(HeadStart, run))
                    break;
            }
            return await BestAsync(pings, recording);
        }
        finally
        {
            await over.CancelAsync();
            pings.ForEach(static ping => Observe(ping.Run));
        }
    }

    /// <summary>The first one that any answer came from; where none came, the fault that decides.</summary>
    private static async Task<Answered> BestAsync(
        List<(IPAddress Address, Task<Answered> Run)> pings,
        ProbeRecording recording
    )
    {
        var faults = new List<ProbeFault>();
        Answered? silent = null;
        foreach (var (address, run) in Enumerable.Reverse(pings))
        {
            try
            {
                var answered = await run;
                silent = answered;
                if (answered.RoundTrips.Length == 0)
                    continue;
                recording.Address = address;
                return answered;
            }
            catch (ProbeFault fault)
            {
                faults.Add(fault);
            }
        }
        return silent ?? throw ProbeFault.Deciding(faults);
    }

    private static void Observe(Task run) =>
        _ = run.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );

    private static void Record(double[] roundTrips, int count, ProbeRecording recording)
    {
        recording.Measures["icmp.loss"] = Math.Round(100.0 * (count - roundTrips.Length) / count, 3);
        if (roundTrips.Length == 0)
            return;
        var mean = Math.Round(roundTrips.Average(), 3);
        recording.Measures["icmp.rtt"] = mean;
        // A probe sends with pauses: what it takes in all says nothing, what a round trip takes does.
        recording.TotalMs = mean;
        if (roundTrips.Length > 1)
            recording.Measures["icmp.jitter"] = Math.Round(
                roundTrips.Zip(roundTrips.Skip(1), (a, b) => Math.Abs(a - b)).Average(),
                3
            );
    }

    /// <param name="maxLoss">Percent.</param>
    /// <exception cref="ProbeFault">More went without an answer.</exception>
    internal static void Judge(int answered, int count, double? maxLoss)
    {
        var loss = 100.0 * (count - answered) / count;
        if (loss > (maxLoss ?? DefaultMaxLoss))
            throw new ProbeFault(Causes.Loss, $"{count - answered} of {count} requests went without an answer.");
    }
}
