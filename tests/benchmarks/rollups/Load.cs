using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Events;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace Torch.Benchmarks.Rollups;

/// <summary>Probes of so many checks in turn, their times as far apart as the rate says; seeded but for the ids.</summary>
internal sealed class Load(EventLog log, int checks, int rate)
{
    private const int PerCommit = 1_000;
    private static readonly DateTimeOffset Start = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Guid[] _checks = [.. Enumerable.Range(0, checks).Select(_ => Guid.CreateVersion7())];
    private readonly Random _random = new(1);
    private long _next;

    /// <summary>As fast as it goes. Answers the last position.</summary>
    public async Task<long> AppendAsync(int count)
    {
        var (position, ahead) = (0L, Task.FromResult(0L));
        for (var done = 0; done < count; done += PerCommit)
        {
            var request = Request(Math.Min(PerCommit, count - done));
            position = await ahead;
            ahead = SendAsync(request);
        }
        return Math.Max(position, await ahead);
    }

    /// <summary>At the rate, in a commit each 50 ms.</summary>
    public async Task<long> PacedAsync(int seconds)
    {
        var (watch, position) = (Stopwatch.StartNew(), 0L);
        for (var tick = 0; tick < seconds * 20; tick++)
        {
            var wait = TimeSpan.FromMilliseconds(50 * tick) - watch.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            position = await SendAsync(Request(rate / 20));
        }
        return position;
    }

    private AppendRequest Request(int count) =>
        new()
        {
            Streams =
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(_ => Next())
                    .GroupBy(p => p.CheckId)
                    .Select(g => new StreamAppend(
                        Log.Telemetry,
                        g.Key,
                        [.. g.Select(p => EventCodec.Encode(p, Guid.CreateVersion7()))],
                        "bench"
                    )),
            ],
        };

    private ProbeCompleted Next()
    {
        var n = _next++;
        var ms = 10 + _random.NextDouble() * 90;
        var down = _random.Next(200) == 0;
        return new(
            Guid.Empty,
            _checks[n % _checks.Length],
            Start.AddSeconds((double)n / rate),
            down ? "down" : "up",
            down ? "refused" : null,
            null,
            down ? null : 200,
            "1.1",
            null,
            new(0.5, 1.5, null, ms - 3, 1, ms),
            null,
            null,
            null,
            4,
            0,
            "local"
        );
    }

    private async Task<long> SendAsync(AppendRequest request) =>
        await log.AppendAsync(request, CancellationToken.None) is AppendOutcome.Appended appended
            ? appended.Position
            : throw new InvalidOperationException("it was not appended");
}
