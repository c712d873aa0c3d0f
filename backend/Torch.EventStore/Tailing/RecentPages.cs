namespace Torch.EventStore.Tailing;

/// <summary>The newest part of the log, kept for all followers of a process. What falls out of it is read from the database again.</summary>
internal sealed class RecentPages(int maxEvents, long maxBytes)
{
    private sealed record Entry(long From, EventPage Page, long Bytes);

    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private TaskCompletionSource _grown = NewSignal();
    private TaskCompletionSource _journalGrown = NewSignal();
    private long _journalHead;
    private long _oldest;
    private long _head = -1;
    private int _events;
    private long _bytes;

    /// <summary>What a follower at some position finds.</summary>
    /// <param name="Page">What comes next; null when nothing is here.</param>
    /// <param name="IsBehind">The follower stands before the oldest page and must read from the database.</param>
    /// <param name="Grown">Completes with the next page.</param>
    public readonly record struct Found(EventPage? Page, bool IsBehind, Task Grown);

    /// <summary>Begins at a position; everything before it is for the database.</summary>
    public void Begin(long head)
    {
        lock (_lock)
            (_oldest, _head) = (head, head);
        Signal();
    }

    /// <summary>Everything up to it is here or in the database; -1 before <see cref="Begin"/>.</summary>
    public long Head
    {
        get
        {
            lock (_lock)
                return _head;
        }
    }

    /// <summary>Adds a page, unless its beginning is not the present head: then somebody else's events lie between, or it was added before.</summary>
    public bool TryAdd(long after, EventPage page)
    {
        lock (_lock)
        {
            if (after != _head)
                return false;
            var bytes = page.Events.Sum(e => (long)e.Data.Length);
            _entries.Add(new Entry(_head, page, bytes));
            (_events, _bytes, _head) = (_events + page.Events.Count, _bytes + bytes, page.Through);
            if (_events > maxEvents + maxEvents / 4 || _bytes > maxBytes + maxBytes / 4)
                DropOldest_NeedsLock();
        }
        Signal();
        if (page.Events.LastOrDefault(e => e.Log == Log.Journal) is { } journal)
            SignalJournal(journal.Position);
        return true;
    }

    /// <summary>Completes once a journal event after a position is here.</summary>
    public Task JournalGrowsAsync(long after)
    {
        lock (_lock)
            return _journalHead > after ? Task.CompletedTask : _journalGrown.Task;
    }

    /// <param name="limit">Small pages are handed out together, up to about so many events.</param>
    public Found Find(long after, int limit)
    {
        lock (_lock)
        {
            if (_head < 0 || after >= _head)
                return new Found(null, IsBehind: false, _grown.Task);
            return after < _oldest
                ? new Found(null, IsBehind: true, _grown.Task)
                : new Found(Collect_NeedsLock(after, limit), IsBehind: false, _grown.Task);
        }
    }

    private EventPage Collect_NeedsLock(long after, int limit)
    {
        var index = FirstBeyond_NeedsLock(after);
        var first = _entries[index];
        if (first.From == after && index == _entries.Count - 1)
            return first.Page;
        var events = first.Page.Events.Where(e => e.Position > after).ToList();
        while (index < _entries.Count - 1 && events.Count < limit)
            events.AddRange(_entries[++index].Page.Events);
        var last = _entries[index].Page;
        return new EventPage(events, last.Through, last.IsLive && index == _entries.Count - 1);
    }

    private int FirstBeyond_NeedsLock(long after)
    {
        var (low, high) = (0, _entries.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].Page.Through > after)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    private void DropOldest_NeedsLock()
    {
        var drop = 0;
        while (drop < _entries.Count - 1 && (_events > maxEvents || _bytes > maxBytes))
        {
            _events -= _entries[drop].Page.Events.Count;
            _bytes -= _entries[drop].Bytes;
            drop++;
        }
        _entries.RemoveRange(0, drop);
        _oldest = _entries[0].From;
    }

    private void Signal()
    {
        TaskCompletionSource grown;
        lock (_lock)
            (grown, _grown) = (_grown, NewSignal());
        grown.SetResult();
    }

    private void SignalJournal(long position)
    {
        TaskCompletionSource grown;
        lock (_lock)
            (grown, _journalGrown, _journalHead) = (_journalGrown, NewSignal(), position);
        grown.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
