using Torch.Contracts;

namespace Torch.Agent.Export;

/// <summary>Results in memory, up to a cap.</summary>
public sealed class MemoryBuffer(int capacity) : IResultBuffer
{
    private readonly Lock _lock = new();
    private readonly Queue<ProbeCompleted> _results = [];
    private TaskCompletionSource _any = NewSignal();
    private long _firstOffset;

    public int Count
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
            {
                RemoveOldest_NeedsLock();
                Dropped++;
            }
            _results.Enqueue(result);
            _any.TrySetResult();
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _any.Task.WaitAsync(cancellationToken);
    }

    public ResultBatch? Peek(int max)
    {
        lock (_lock)
        {
            var oldest = _results.Take(max).ToArray();
            return oldest.Length == 0 ? null : new ResultBatch(_firstOffset + oldest.Length - 1, oldest);
        }
    }

    public void Acknowledge(long upTo)
    {
        lock (_lock)
        {
            // Some of the batch may have been dropped while it travelled, so offsets decide, not counts.
            while (_results.Count > 0 && _firstOffset <= upTo)
                RemoveOldest_NeedsLock();
            if (_results.Count == 0 && _any.Task.IsCompleted)
                _any = NewSignal();
        }
    }

    private void RemoveOldest_NeedsLock()
    {
        _results.Dequeue();
        _firstOffset++;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
