using Torch.Contracts;

namespace Torch.Agent.Export;

/// <summary>Results in memory, up to a cap; the oldest are dropped there. What waits is gone with the process.</summary>
public sealed class MemoryBuffer(int capacity) : IResultBuffer
{
    private readonly record struct Waiting(long Offset, ProbeCompleted Result);

    private readonly Lock _lock = new();
    private readonly Guid _spoolId = Guid.CreateVersion7();
    private readonly Queue<Waiting> _results = [];
    private readonly DroppedResults _dropped = new();
    private TaskCompletionSource _any = NewSignal();
    private long _last;
    private long _taken;

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
            return oldest.Length == 0
                ? null
                : new ResultDelivery(
                    _spoolId,
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

    private void DropOldest_NeedsLock()
    {
        var oldest = _results.Dequeue();
        _dropped.Add(oldest.Offset, oldest.Result);
        Dropped++;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
