using System.Collections.Concurrent;
using System.Net;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Pushes;

/// <summary>
/// How many tokens that open nothing one address may bring: twenty at once, then one a second. A script with an old token goes on being told
/// so; who guesses waits, and asks the database no more.
/// </summary>
internal sealed class PushThrottle(TimeProvider time)
{
    private const double Most = 20;
    private const double PerSecond = 1;
    private const int MostKnown = 100_000;
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new();

    /// <summary>Whether a further token from there is looked for.</summary>
    public bool Allows(IPAddress address) =>
        !_buckets.TryGetValue(Networks.Of(address), out var bucket) || Left(bucket) >= 1;

    /// <summary>It opened nothing.</summary>
    public void Missed(IPAddress address)
    {
        if (_buckets.Count > MostKnown)
            Sweep();
        _buckets.AddOrUpdate(
            Networks.Of(address),
            _ => new Bucket(Most - 1, time.GetTimestamp()),
            (_, bucket) => new Bucket(Left(bucket) - 1, time.GetTimestamp())
        );
    }

    public static Fault TooMany { get; } =
        new(429, "too_many_tokens", "Too many tokens that open nothing came from there.", RetryAfterSeconds: 1);

    private double Left(Bucket bucket) =>
        Math.Min(Most, bucket.Left + (time.GetElapsedTime(bucket.At).TotalSeconds * PerSecond));

    private void Sweep()
    {
        foreach (var (network, bucket) in _buckets)
            if (Left(bucket) >= Most)
                _buckets.TryRemove(network, out _);
    }

    private sealed record Bucket(double Left, long At);
}
