using System.Collections.Concurrent;
using System.Diagnostics;
using Torch.EventStore;

namespace Torch.Benchmarks.Rebuild;

/// <summary>500 events a second, and how long each took from its commit until the read tables showed it.</summary>
internal sealed class LiveLoad(Mix mix, ProjectionRunner runner)
{
    private const int PerCommit = 25;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<(long Position, long At)> _committed = new();
    private readonly List<double> _lags = [];

    /// <summary>Seconds, of the slowest in a hundred.</summary>
    public double P99 => _lags.Count == 0 ? 0 : _lags.Order().ElementAt((int)(_lags.Count * 0.99));

    /// <summary>The most memory that this process held, in MB.</summary>
    public double PeakMegabytes { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var applied = runner.OnApplied(batch =>
        {
            while (_committed.TryPeek(out var next) && next.Position <= batch.Position && _committed.TryDequeue(out _))
                _lags.Add(Stopwatch.GetElapsedTime(next.At).TotalSeconds);
            return ValueTask.CompletedTask;
        });
        using var timer = new PeriodicTimer(Interval);
        while (!cancellationToken.IsCancellationRequested)
        {
            var position = await mix.AppendAsync(PerCommit);
            _committed.Enqueue((position, Stopwatch.GetTimestamp()));
            PeakMegabytes = Math.Max(PeakMegabytes, Environment.WorkingSet / 1048576.0);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
        var head = _committed.LastOrDefault().Position;
        await runner.WaitForAsync(head, CancellationToken.None);
    }
}
