namespace Torch.Server.Features.StatusPages;

/// <summary>What strangers ask for, kept for a moment: each thing is read once in that time, however many ask at once.</summary>
internal sealed class Moments<TKey, TValue>(TimeProvider time, TimeSpan fresh)
    where TKey : notnull
{
    // Of pages and badges there are few; more than these are not worth their memory.
    private const int Most = 2_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, (long At, Task<TValue> Value)> _known = [];

    /// <param name="read">Called once for all who ask meanwhile, so it does not end with one of them.</param>
    public Task<TValue> GetAsync(TKey key, Func<Task<TValue>> read, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_known.TryGetValue(key, out var known) || !IsGood(known))
            {
                if (_known.Count >= Most)
                    _known.Clear();
                // On a thread of its own: nothing of it runs within the lock.
                _known[key] = known = (time.GetTimestamp(), Task.Run(read, CancellationToken.None));
            }
            return known.Value.WaitAsync(cancellationToken);
        }
    }

    private bool IsGood((long At, Task<TValue> Value) known) =>
        !known.Value.IsFaulted && (!known.Value.IsCompleted || time.GetElapsedTime(known.At) < fresh);
}
