namespace Torch.EventStore.Appending;

/// <summary>The bounded queue before the writer. Whatever waits leaves together, up to the bounds of one commit.</summary>
internal sealed class AppendQueue(EventLogOptions options)
{
    private readonly Lock _lock = new();
    private readonly Queue<PendingAppend> _waiting = new();
    private readonly SemaphoreSlim _filled = new(0, 1);
    private long _bytes;
    private bool _isClosed;

    public void Add(PendingAppend append)
    {
        lock (_lock)
        {
            if (_isClosed)
                throw new LogUnavailableException("the log is closing");
            if (_waiting.Count >= options.MaxWaiting || (_bytes > 0 && _bytes + append.Bytes > options.MaxWaitingBytes))
                throw new LogBusyException($"{_waiting.Count} requests wait to be written already");
            _waiting.Enqueue(append);
            _bytes += append.Bytes;
            if (_filled.CurrentCount == 0)
                _filled.Release();
        }
    }

    /// <summary>Takes no more requests; those that wait can still be taken.</summary>
    public void Close()
    {
        lock (_lock)
            _isClosed = true;
    }

    public async Task<List<PendingAppend>> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _filled.WaitAsync(cancellationToken);
            var taken = Take();
            if (taken.Count > 0)
                return taken;
        }
    }

    /// <summary>What goes into the next commit; empty when nothing waits.</summary>
    public List<PendingAppend> Take()
    {
        var taken = new List<PendingAppend>();
        var claims = new HashSet<object>();
        long bytes = 0;
        lock (_lock)
        {
            while (_waiting.TryPeek(out var next) && taken.Count < options.MaxMembersPerCommit)
            {
                if (taken.Count > 0 && bytes + next.Bytes > options.MaxBytesPerCommit)
                    break;
                // The commit decides on keys and checkpoints as the database holds them, so it may hold each only once; so with spools.
                if (!next.IsAbandoned && !Claim(claims, next.Request))
                    break;
                _waiting.Dequeue();
                _bytes -= next.Bytes;
                if (next.IsAbandoned)
                    continue;
                bytes += next.Bytes;
                taken.Add(next);
            }
            if (_waiting.Count > 0 && _filled.CurrentCount == 0)
                _filled.Release();
        }
        return taken;
    }

    private static bool Claim(HashSet<object> claims, AppendRequest request) =>
        (request.Key is not { } key || claims.Add((key.Scope, key.Key)))
        && (request.Checkpoint is not { } move || claims.Add(move.Projection))
        && (request.Spool is not { } spool || claims.Add(spool.SpoolId));
}
