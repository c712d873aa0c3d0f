namespace Torch.Agent.Connection;

/// <summary>
/// Until when an agent may run checks without having been heard: counted from when it asked, so that it always ends here before it ends
/// at the server.
/// </summary>
public sealed class WorkLease(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _origin = time.GetTimestamp();
    private TimeSpan? _length;
    private TimeSpan _heardAt = TimeSpan.MinValue;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Now, on the clock that never goes back.</summary>
    public TimeSpan Now => time.GetElapsedTime(_origin);

    /// <summary>Whether checks may run.</summary>
    public bool IsGood
    {
        get
        {
            lock (_lock)
                return Left_NeedsLock() is not { } left || left > TimeSpan.Zero;
        }
    }

    /// <summary>What the checks that are at work need: null for nothing.</summary>
    public void Take(TimeSpan? length)
    {
        lock (_lock)
        {
            _length = length;
            Signal_NeedsLock();
        }
    }

    /// <summary>The server answered what was asked at this moment.</summary>
    public void Heard(TimeSpan askedAt)
    {
        lock (_lock)
        {
            if (askedAt > _heardAt)
                _heardAt = askedAt;
            Signal_NeedsLock();
        }
    }

    /// <summary>Returns once checks may run no longer.</summary>
    public async Task LapseAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan? left;
            Task changed;
            lock (_lock)
                (left, changed) = (Left_NeedsLock(), _changed.Task);
            if (left <= TimeSpan.Zero)
                return;
            var wait = left is { } l ? Task.Delay(l, time, cancellationToken) : changed;
            await Task.WhenAny(wait, changed).WaitAsync(cancellationToken);
        }
    }

    private TimeSpan? Left_NeedsLock() =>
        _length is not { } length ? null
        : _heardAt == TimeSpan.MinValue ? TimeSpan.Zero
        : _heardAt + length - Now;

    private void Signal_NeedsLock()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
