using System.Globalization;
using Microsoft.Extensions.Logging;
using Torch.Contracts;

namespace Torch.Agent.Scheduling;

/// <summary>Runs one due check.</summary>
/// <param name="lateness">Measured when it is asked for.</param>
public delegate Task RunCheck(ScheduledCheck check, Func<TimeSpan> lateness, CancellationToken cancellationToken);

/// <summary>Drives a <see cref="Schedule"/>: waits for the next due time or for news, whichever comes first.</summary>
public sealed class Scheduler(TimeProvider time, RunCheck runCheck, ILogger<Scheduler> log)
{
    /// <summary>Beyond the interval by this much, the gap between two runs is worth a warning.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(0.2);

    // A timer may not be set further ahead than this, and looking in vain once an hour costs nothing.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    // Meanwhile the clock on the wall may have been set.
    private static readonly TimeSpan LongestWaitByWall = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(1);

    // Checks that are due within it start together: a thousand a second are worth two hundred looks, not a thousand.
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(5);

    private readonly long _origin = time.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly Schedule _schedule = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly HashSet<Task> _running = [];
    private readonly LatenessMeter _lateness = new();
    private TimeSpan _lookingAgainAt;

    /// <summary>Of the last thousand runs.</summary>
    public Lateness Lateness => _lateness.Read();

    /// <summary>Whether it looked for what is due when it meant to, or is a minute late with it at most.</summary>
    public bool IsAtWork
    {
        get
        {
            lock (_lock)
                return Now < _lookingAgainAt + Stuck;
        }
    }

    /// <summary>The complete list of checks, at any time and from any thread; takes effect at once.</summary>
    public void Replace(IReadOnlyList<ScheduledCheck> checks)
    {
        double load;
        IReadOnlyList<string> problems;
        lock (_lock)
        {
            _schedule.SetClock(time.GetUtcNow(), Now);
            problems = _schedule.Replace(checks, Now);
            load = _schedule.RunsPerMinute;
        }
        foreach (var problem in problems)
            log.LogError("Cannot be scheduled: {Problem}", problem);
        log.LogInformation("Scheduled {Checks} checks, about {Load:0.#} requests a minute", checks.Count, load);
        WakeUp();
    }

    /// <summary>Runs until cancelled, then waits for the runs under way, which were cancelled too.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                StartWhatIsDue(cancellationToken);
                await WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(Running());
        }
    }

    private TimeSpan Now => time.GetElapsedTime(_origin);

    private void StartWhatIsDue(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _running.RemoveWhere(static run => run.IsCompleted);
            _schedule.SetClock(time.GetUtcNow(), Now);
            while (_schedule.TakeDue(Now) is { } due)
                _running.Add(RunAsync(due, cancellationToken));
        }
    }

    private async Task RunAsync(DueCheck due, CancellationToken cancellationToken)
    {
        // Off the scheduler's lock at once.
        await Task.Yield();
        try
        {
            await runCheck(due.Check, () => LatenessOf(due), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault)
        {
            log.LogError(fault, "The run of check {CheckId} failed", due.Check.CheckId);
        }
        bool isSooner;
        lock (_lock)
        {
            _schedule.Finished(due.Check.CheckId, Now);
            isSooner = _schedule.NextDue < _lookingAgainAt;
        }
        if (isSooner)
            WakeUp();
    }

    private TimeSpan LatenessOf(DueCheck due)
    {
        var lateness = Now - due.DueAt;
        _lateness.Add(lateness);
        if (lateness > Tolerance)
            log.LogWarning(
                "Check {Check} started {Lateness:0.000} s late{Gap}",
                due.Check.Name,
                lateness.TotalSeconds,
                Gap(due.Check.Interval, lateness)
            );
        return lateness;
    }

    private static string Gap(TimeSpan? interval, TimeSpan lateness) =>
        interval is { } every
            ? string.Create(
                CultureInfo.InvariantCulture,
                $", so {(every + lateness).TotalSeconds:0.000} s after the run before it (interval {every})"
            )
            : "";

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = Now;
            _lookingAgainAt = now + (_schedule.FollowsWall ? LongestWaitByWall : LongestWait);
            if (_schedule.NextDue is { } due && due < _lookingAgainAt)
                _lookingAgainAt = due;
            wait = WholeMs(_lookingAgainAt - now);
        }
        if (wait < Together)
            wait = Together;
        var news = _news.WaitAsync(cancellationToken);
        try
        {
            await news.WaitAsync(wait, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Due, not late. The waiter that is left behind is woken so that the next signal is not lost on it.
            WakeUp();
            await news;
        }
    }

    // Timers drop fractions of a millisecond: woken early, the loop would spin until the time has come.
    private static TimeSpan WholeMs(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));

    private void WakeUp()
    {
        lock (_lock)
        {
            if (_news.CurrentCount == 0)
                _news.Release();
        }
    }

    private Task[] Running()
    {
        lock (_lock)
            return [.. _running];
    }
}
