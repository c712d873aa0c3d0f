using Torch.Contracts;

namespace Torch.Agent.Export;

/// <summary>Results in memory, up to a cap; the oldest are dropped there. What waits is gone with the process.</summary>
public sealed class MemoryBuffer(int capacity) : IResultBuffer
{
    private readonly record struct Waiting(long Offset, ProbeCompleted Result);

    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _results = [];
    private readonly DroppedResults _dropped = new();
    private TaskCompletionSource _any = NewSignal();
    private long _last;
    private long _taken;
    private long _handed;

    /// <summary>Its offsets belong to it.</summary>
    public Guid SpoolId { get; } = Guid.CreateVersion7();

    public long Count
    {
        get
        {
            lock (_lock)
                return _results.Count;
        }
    }

    public long Dropped { get; private set; }

    public void Add(ProbeCompleted result)
    {
        lock (_lock)
        {
            if (_results.Count == capacity)
                DropOldest_NeedsLock();
            _results.Enqueue(new Waiting(++_last, result));
            _any.TrySetResult();
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _any.Task.WaitAsync(cancellationToken);
    }

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ResultDelivery? Peek(int max)
    {
        lock (_lock)
        {
            var oldest = _results.Take(max).ToArray();
            _handed = oldest.Length == 0 ? _handed : Math.Max(_handed, oldest[^1].Offset);
            return oldest.Length == 0
                ? null
                : new ResultDelivery(
                    SpoolId,
                    _taken,
                    oldest[^1].Offset,
                    [.. oldest.Select(waiting => waiting.Result)],
                    _dropped.Until(oldest[^1].Offset)
                );
        }
    }

    public void Settle(ResultDelivery delivery, long offset)
    {
        lock (_lock)
        {
            _taken = offset;
            _dropped.Forget(offset);
            // Some of the batch may have been dropped while it travelled, so offsets decide, not counts.
            while (_results.TryPeek(out var oldest) && oldest.Offset <= offset)
                _results.Dequeue();
            if (_results.Count == 0 && _any.Task.IsCompleted)
                _any = NewSignal();
        }
    }

    /// <summary>Gives up what no delivery has named yet, so that it can wait elsewhere; nothing where a gap has to be told first.</summary>
    public IReadOnlyList<ProbeCompleted> TakeBack()
    {
        lock (_lock)
        {
            if (_dropped.Until(_last).Count > 0)
                return [];
            var handed = _results.Where(waiting => waiting.Offset <= _handed).ToArray();
            var back = _results.Skip(handed.Length).Select(waiting => waiting.Result).ToArray();
            _results.Clear();
            foreach (var waiting in handed)
                _results.Enqueue(waiting);
            return back;
        }
    }

    private void DropOldest_NeedsLock()
    {
        var oldest = _results.Dequeue();
        _dropped.Add(oldest.Offset, oldest.Result);
        Dropped++;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
