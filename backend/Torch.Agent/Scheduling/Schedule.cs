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

    private readonly WallClock _clock = new();
    private readonly Dictionary<Guid, Entry> _entries = [];
    private readonly PriorityQueue<Entry, TimeSpan> _queue = new();
    private bool _hasList;

    public int Count => _entries.Count;

    /// <summary>Some are due by the clock on the wall, which may be set.</summary>
    public bool FollowsWall { get; private set; }

    /// <summary>Requests a minute that these checks make.</summary>
    public double RunsPerMinute => _entries.Values.Sum(entry => entry.Timetable.RunsPerMinute);

    /// <summary>Says what the clock on the wall shows now. Where it was set, what is due by it moves along.</summary>
    public void SetClock(DateTimeOffset utc, TimeSpan now)
    {
        if (!_clock.Set(utc, now))
            return;
        foreach (var entry in _entries.Values.Where(e => e is { IsQueued: true, OnWall: not null }).ToArray())
        {
            entry.IsQueued = false;
            var moved = new Entry(entry.Check, entry.Timetable);
            _entries[entry.Check.CheckId] = moved;
            Want(moved, new Due(_clock.When(entry.OnWall!.Value), entry.OnWall));
        }
    }

    /// <summary>
    /// The complete list. The first one starts on the grid, so that a restart spreads as evenly as usual; later on, what
    /// is new or changed and has an interval also runs at once, 10 ms apart.
    /// </summary>
    /// <returns>Why some cannot be scheduled.</returns>
    public IReadOnlyList<string> Replace(IReadOnlyList<ScheduledCheck> checks, TimeSpan now)
    {
        var listed = checks.DistinctBy(check => check.CheckId).ToDictionary(check => check.CheckId);
        foreach (var gone in _entries.Keys.Where(id => !listed.ContainsKey(id)).ToArray())
            Remove(gone);
        var changed = listed.Values.Where(check => !IsKnown(check)).ToArray();
        var problems = new List<string>();
        for (var i = 0; i < changed.Length; i++)
            if (Timetable.TryOf(changed[i], out var timetable, out var problem))
                Put(changed[i], timetable, now, _hasList && !timetable.FollowsWall ? now + ChangeSpread * i : null);
            else
            {
                Remove(changed[i].CheckId);
                problems.Add($"{changed[i].Name}: {problem}");
            }
        _hasList = true;
        FollowsWall = _entries.Values.Any(entry => entry.Timetable.FollowsWall);
        return problems;
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
            if (now - entry.Wanted > entry.Timetable.Patience && !entry.IsCatchUp)
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
        Want(entry, Sooner(entry.RunAgainAt, entry.Timetable.NextAfter(now, _clock)));
        entry.RunAgainAt = null;
    }

    private bool IsKnown(ScheduledCheck check) =>
        _entries.TryGetValue(check.CheckId, out var entry) && entry.Check.Version == check.Version;

    private void Put(ScheduledCheck check, Timetable timetable, TimeSpan now, TimeSpan? atOnce)
    {
        if (_entries.TryGetValue(check.CheckId, out var entry) && entry.IsRunning)
        {
            (entry.Check, entry.Timetable) = (check, timetable);
            entry.RunAgainAt = atOnce;
            return;
        }
        Remove(check.CheckId);
        var fresh = new Entry(check, timetable);
        _entries[check.CheckId] = fresh;
        Want(fresh, Sooner(atOnce, timetable.NextAfter(now, _clock)));
    }

    private static Due Sooner(TimeSpan? atOnce, Due next) => atOnce < next.At ? new Due(atOnce.Value) : next;

    private void Remove(Guid checkId)
    {
        if (_entries.Remove(checkId, out var entry))
            entry.IsQueued = false;
    }

    private static TimeSpan CatchUpAt(Entry entry, TimeSpan now)
    {
        var spread = entry.Timetable.Patience < CatchUpSpread ? entry.Timetable.Patience : CatchUpSpread;
        return now + spread * Grid.Fraction(entry.Check.CheckId);
    }

    private void Want(Entry entry, Due due)
    {
        (entry.Wanted, entry.OnWall) = (due.At, due.OnWall);
        Queue(entry, due.At, isCatchUp: false);
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

    private sealed class Entry(ScheduledCheck check, Timetable timetable)
    {
        public ScheduledCheck Check { get; set; } = check;
        public Timetable Timetable { get; set; } = timetable;
        public TimeSpan Wanted { get; set; }

        /// <summary>The same in UTC, where the clock on the wall says when.</summary>
        public DateTimeOffset? OnWall { get; set; }
        public TimeSpan? RunAgainAt { get; set; }
        public bool IsQueued { get; set; }
        public bool IsRunning { get; set; }
        public bool IsCatchUp { get; set; }
    }
}
