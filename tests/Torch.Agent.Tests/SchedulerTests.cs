using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Torch.Agent.Scheduling;

namespace Torch.Agent.Tests;

public sealed class SchedulerTests : IAsyncDisposable
{
    private readonly FakeTime _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<TimeSpan> _starts = new();
    private readonly List<string> _warnings = [];
    private Task _running = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    [Fact]
    public async Task It_sleeps_until_a_check_is_due_and_runs_it_on_time()
    {
        Start((_, lateness, _) => Task.FromResult(lateness()));
        await Run(times: 5);
        var starts = _starts.ToArray();
        starts.Zip(starts.Skip(1), (a, b) => (b - a).TotalSeconds).ShouldAllBe(gap => Math.Abs(gap - 30) < 0.002);
        _warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_start_that_is_late_is_measured_and_warned_about()
    {
        var lateness = TimeSpan.Zero;
        Start(
            (_, measure, _) =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(300));
                lateness = measure();
                return Task.CompletedTask;
            }
        );
        await Run(times: 1);
        await Some.Until(() => _warnings.Count == 1);
        lateness.TotalSeconds.ShouldBeInRange(0.3, 0.302);
        _warnings[0].ShouldContain("0.30");
        _warnings[0].ShouldContain("30.30");
    }

    [Fact]
    public async Task A_run_that_throws_does_not_stop_the_others()
    {
        Start((_, _, _) => throw new InvalidOperationException("broken"));
        await Run(times: 3);
    }

    private void Start(RunCheck run)
    {
        var scheduler = new Scheduler(
            _time,
            (check, lateness, token) =>
            {
                _starts.Enqueue(_time.Elapsed);
                return run(check, lateness, token);
            },
            new WarningLog(_warnings)
        );
        scheduler.Replace([Some.Check(30)]);
        _running = scheduler.RunAsync(_stop.Token);
    }

    private async Task Run(int times)
    {
        for (var wanted = 1; wanted <= times; wanted++)
        {
            await Some.Until(() =>
            {
                // While a check runs nothing is due, and the scheduler's next look is an hour away: not that timer.
                if (_starts.Count < wanted)
                    _time.AdvanceToNextTimer(within: TimeSpan.FromSeconds(31));
                return _starts.Count >= wanted;
            });
        }
    }

    private sealed class WarningLog(List<string> warnings) : ILogger<Scheduler>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullLogger.Instance.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (logLevel is LogLevel.Warning)
                warnings.Add(formatter(state, exception));
        }
    }
}
