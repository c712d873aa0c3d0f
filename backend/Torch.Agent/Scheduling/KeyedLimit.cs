namespace Torch.Agent.Scheduling;

/// <summary>At most so many at once per key; others wait in order.</summary>
internal sealed class KeyedLimit<TKey>(int limit)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Slots> _slots = [];

    public async Task<IDisposable> EnterAsync(TKey key, CancellationToken cancellationToken)
    {
        var slots = Share(key);
        try
        {
            await slots.Free.WaitAsync(cancellationToken);
            return new Place(this, key, slots);
        }
        catch
        {
            Unshare(key, slots);
            throw;
        }
    }

    private Slots Share(TKey key)
    {
        lock (_lock)
        {
            if (!_slots.TryGetValue(key, out var slots))
                _slots[key] = slots = new Slots(new SemaphoreSlim(limit));
            slots.Users++;
            return slots;
        }
    }

    // Hosts come and go with checks, so a key that nobody uses is forgotten.
    private void Unshare(TKey key, Slots slots)
    {
        lock (_lock)
        {
            if (--slots.Users == 0)
                _slots.Remove(key);
        }
    }

    private sealed record Slots(SemaphoreSlim Free)
    {
        public int Users { get; set; }
    }

    private sealed class Place(KeyedLimit<TKey> owner, TKey key, Slots slots) : IDisposable
    {
        public void Dispose()
        {
            slots.Free.Release();
            owner.Unshare(key, slots);
        }
    }
}
