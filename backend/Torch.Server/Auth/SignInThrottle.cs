using System.Collections.Concurrent;
using System.Net;

namespace Torch.Server.Auth;

/// <summary>Slows down guessing: after five wrong keys from one address, each further try waits longer. Never a lock for everybody.</summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    private const int FreeTries = 5;
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<IPAddress, Failures> _failures = new();

    /// <summary>Seconds to wait before the next try; null when it may go ahead.</summary>
    public int? Wait(IPAddress address)
    {
        if (!_failures.TryGetValue(address, out var failures) || failures.Count < FreeTries)
            return null;
        var delay = TimeSpan.FromSeconds(Math.Min(60, 1 << Math.Min(6, failures.Count - FreeTries)));
        var left = failures.Last + delay - time.GetUtcNow();
        return left > TimeSpan.Zero ? (int)Math.Ceiling(left.TotalSeconds) : null;
    }

    public void Failed(IPAddress address)
    {
        var now = time.GetUtcNow();
        foreach (var (old, failures) in _failures)
            if (now - failures.Last > Forgotten)
                _failures.TryRemove(old, out _);
        _failures.AddOrUpdate(address, new Failures(1, now), (_, f) => new Failures(f.Count + 1, now));
    }

    public void Succeeded(IPAddress address) => _failures.TryRemove(address, out _);

    private sealed record Failures(int Count, DateTimeOffset Last);
}
