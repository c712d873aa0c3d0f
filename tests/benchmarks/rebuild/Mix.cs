using System.Globalization;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Benchmarks.Rebuild;

/// <summary>A log as an installation writes it: of 20 events 14 are probes, 5 reports, 1 a transition; 1,000 checks, 10 s apart.</summary>
internal sealed class Mix(EventLog log)
{
    private const int Checks = 1_000;
    private const int PerCommit = 1_000;
    private static readonly DateTimeOffset Start = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Guid[] _probed = [.. Enumerable.Range(0, Checks).Select(_ => Guid.CreateVersion7())];
    private readonly Guid[] _reporting = [.. Enumerable.Range(0, Checks).Select(i => CheckIds.OfSource($"bench/{i}"))];
    private readonly Guid[] _nodes = [.. Enumerable.Range(0, Checks).Select(_ => Guid.CreateVersion7())];
    private int _next;

    /// <summary>Appends so many and answers the last position.</summary>
    public async Task<long> AppendAsync(int count)
    {
        long position = 0;
        for (var done = 0; done < count; done += PerCommit)
        {
            var streams = Enumerable
                .Range(0, Math.Min(PerCommit, count - done))
                .Select(_ => Next())
                .GroupBy(e => (e.Log, e.Stream), e => e.Event)
                .Select(g => new StreamAppend(g.Key.Log, g.Key.Stream, [.. g.Select(Data)], "bench"));
            var request = new AppendRequest { Streams = [.. streams] };
            if (await log.AppendAsync(request, CancellationToken.None) is AppendOutcome.Appended appended)
                position = appended.Position;
        }
        return position;
    }

    private static EventData Data(IEvent @event) => EventCodec.Encode(@event, Guid.CreateVersion7());

    private (Log Log, Guid Stream, IEvent Event) Next()
    {
        var n = _next++;
        var (i, at) = (n % 7_919 % Checks, Start.AddMilliseconds(n * 10.0));
        return (n % 20) switch
        {
            0 => (Log.Journal, _nodes[i], Transition(n, i, at)),
            < 6 => (Log.Telemetry, _reporting[i], Report(n, i, at)),
            _ => (Log.Telemetry, _probed[i], Probe(n, i, at)),
        };
    }

    private NodeTransitioned Transition(int n, int i, DateTimeOffset at) =>
        new(
            _nodes[i],
            n % 40 == 0 ? "up" : "down",
            n % 40 == 0 ? "down" : "up",
            at,
            new Why("rule", "Rule 1: status is down for 2 attempts", 0, 3, [new("status is down", "down", true)], [], n)
        );

    private ReportReceived Report(int n, int i, DateTimeOffset at) =>
        new(
            _reporting[i],
            string.Create(CultureInfo.InvariantCulture, $"bench/{i}"),
            at,
            n % 1_000 / 8.0,
            n % 97 == 0 ? "down" : null,
            "backup finished"
        );

    private ProbeCompleted Probe(int n, int i, DateTimeOffset at) =>
        new(
            _probed[i],
            Guid.CreateVersion7(),
            at,
            n % 89 == 0 ? "down" : "up",
            n % 89 == 0 ? "status" : null,
            null,
            200,
            "1.1",
            "127.0.0.1",
            new Latency(1.25, 2.5, null, 7.75 + n % 13, 0.5, 12 + n % 13),
            null,
            null,
            null,
            2_048,
            3.5,
            "here"
        );
}
