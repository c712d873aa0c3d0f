using System.Collections.Concurrent;
using Torch.Server.Http;

namespace Torch.Server.Auth;

/// <summary>
/// How many reports and requests a second a key may bring: a bucket that holds one second's worth. A batch may overdraw it, and is paid for
/// afterwards. People, agents and the admin key have no limit.
/// </summary>
internal sealed class RateLimits(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, Bucket> _buckets = new();

    /// <exception cref="FaultException">429: too many came before.</exception>
    public void Take(Caller? caller, int units = 1)
    {
        if (caller is not { PerSecond: { } perSecond, Subject: { } key })
            return;
        if (!_buckets.TryGetValue(key, out var bucket))
            bucket = _buckets.GetOrAdd(key, new Bucket(perSecond, time.GetTimestamp()));
        if (bucket.Take(units, perSecond, time) is { } seconds)
            throw new FaultException(TooMany(perSecond, seconds));
    }

    /// <summary>Of a batch, which as a request was counted as one already.</summary>
    public void Charge(Caller? caller, int units)
    {
        if (caller is { PerSecond: { } perSecond, Subject: { } key } && _buckets.TryGetValue(key, out var bucket))
            bucket.Charge(units, perSecond, time);
    }

    private static Fault TooMany(int perSecond, int seconds) =>
        new(
            429,
            "rate_limited",
            $"This key may bring {perSecond:N0} reports or requests a second. Try again in {seconds} s.",
            RetryAfterSeconds: seconds
        );

    private sealed class Bucket(double full, long since)
    {
        private readonly Lock _lock = new();
        private double _left = full;
        private long _at = since;

        public int? Take(int units, int perSecond, TimeProvider time)
        {
            lock (_lock)
            {
                Fill(perSecond, time);
                if (_left < 1)
                    return (int)Math.Clamp(Math.Ceiling((1 - _left) / perSecond), 1, 3_600);
                _left -= units;
                return null;
            }
        }

        public void Charge(int units, int perSecond, TimeProvider time)
        {
            lock (_lock)
            {
                Fill(perSecond, time);
                _left -= units;
            }
        }

        private void Fill(int perSecond, TimeProvider time)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(perSecond, _left + (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
            _at = now;
        }
    }
}

/// <summary>Counts each request of a key.</summary>
internal sealed class RateLimiting(RequestDelegate next, RateLimits limits)
{
    public Task InvokeAsync(HttpContext http)
    {
        limits.Take(http.Caller());
        return next(http);
    }
}
