using Torch.Contracts;

namespace Torch.Agent.Scheduling;

/// <summary>A check to run now.</summary>
/// <param name="DueAt">When it should have started, from the agent's start on the monotonic clock.</param>
public sealed record DueCheck(ScheduledCheck Check, TimeSpan DueAt);

/// <summary>
/// Which check runs when. Holds no clock and no lock: one thread drives it, with times from the agent's start on the
/// monotonic clock. A check that is taken is not due again before <see cref="Finished"/>.
/// </summary>
public sealed class Schedule
{
    /// <summary>How far catch-up runs are spread after a pause, and runs of changed checks apart.</summary>
    private static readonly TimeSpan CatchUpSpread = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ChangeSpread = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<Guid, Entry> _entries = [];
    private readonly PriorityQueue<Entry, TimeSpan> _queue = new();
    private bool _hasList;

    public int Count => _entries.Count;

    /// <summary>Requests a minute that these checks make.</summary>
    public double RunsPerMinute => _entries.Values.Sum(entry => TimeSpan.FromMinutes(1) / entry.Check.Interval);

    /// <summary>
    /// The complete list. The first one starts on the grid, so that a restart spreads as evenly as usual; later on, what
    /// is new or changed also runs at once, 10 ms apart.
    /// </summary>
    public void Replace(IReadOnlyList<ScheduledCheck> checks, TimeSpan now)
    {
        var listed = checks.DistinctBy(check => check.CheckId).ToDictionary(check => check.CheckId);
        foreach (var gone in _entries.Keys.Where(id => !listed.ContainsKey(id)).ToArray())
            Remove(gone);
        var changed = listed.Values.Where(check => !IsKnown(check)).ToArray();
        for (var i = 0; i < changed.Length; i++)
            Put(changed[i], now, atOnce: _hasList ? now + ChangeSpread * i : TimeSpan.MaxValue);
        _hasList = true;
    }

    /// <summary>When to look again; null while nothing is due.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            DropStale();
            return _queue.TryPeek(out _, out var due) ? due : null;
        }
    }

    /// <summary>The next check whose time has come, or null. After a pause each check is due once, spread anew.</summary>
    public DueCheck? TakeDue(TimeSpan now)
    {
        while (NextDue <= now)
        {
            var entry = _queue.Dequeue();
            entry.IsQueued = false;
            if (now - entry.Wanted > entry.Check.Interval && !entry.IsCatchUp)
            {
                Queue(entry, CatchUpAt(entry, now), isCatchUp: true);
                continue;
            }
            entry.IsRunning = true;
            return new DueCheck(entry.Check, entry.Wanted);
        }
        return null;
    }

    /// <summary>The run has ended; what it overran is skipped.</summary>
    public void Finished(Guid checkId, TimeSpan now)
    {
        if (!_entries.TryGetValue(checkId, out var entry) || !entry.IsRunning)
            return;
        entry.IsRunning = false;
        var next = Grid.NextAfter(checkId, entry.Check.Interval, now);
        Want(entry, entry.RunAgainAt is { } again && again < next ? again : next);
        entry.RunAgainAt = null;
    }

    private bool IsKnown(ScheduledCheck check) =>
        _entries.TryGetValue(check.CheckId, out var entry) && entry.Check.Version == check.Version;

    private void Put(ScheduledCheck check, TimeSpan now, TimeSpan atOnce)
    {
        if (_entries.TryGetValue(check.CheckId, out var entry) && entry.IsRunning)
        {
            entry.Check = check;
            entry.RunAgainAt = atOnce;
            return;
        }
        Remove(check.CheckId);
        var fresh = new Entry(check);
        _entries[check.CheckId] = fresh;
        var next = Grid.NextAfter(check.CheckId, check.Interval, now);
        Want(fresh, atOnce < next ? atOnce : next);
    }

    private void Remove(Guid checkId)
    {
        if (_entries.Remove(checkId, out var entry))
            entry.IsQueued = false;
    }

    private static TimeSpan CatchUpAt(Entry entry, TimeSpan now)
    {
        var spread = entry.Check.Interval < CatchUpSpread ? entry.Check.Interval : CatchUpSpread;
        return now + spread * Grid.Fraction(entry.Check.CheckId);
    }

    private void Want(Entry entry, TimeSpan due)
    {
        entry.Wanted = due;
        Queue(entry, due, isCatchUp: false);
    }

    private void Queue(Entry entry, TimeSpan due, bool isCatchUp)
    {
        entry.IsCatchUp = isCatchUp;
        entry.IsQueued = true;
        _queue.Enqueue(entry, due);
    }

    private void DropStale()
    {
        while (_queue.TryPeek(out var entry, out _) && !entry.IsQueued)
            _queue.Dequeue();
    }

    private sealed class Entry(ScheduledCheck check)
    {
        public ScheduledCheck Check { get; set; } = check;
        public TimeSpan Wanted { get; set; }
        public TimeSpan? RunAgainAt { get; set; }
        public bool IsQueued { get; set; }
        public bool IsRunning { get; set; }
        public bool IsCatchUp { get; set; }
    }
}
