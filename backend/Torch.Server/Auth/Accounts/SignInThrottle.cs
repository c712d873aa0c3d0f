using System.Collections.Concurrent;
using System.Net;

namespace Torch.Server.Auth;

/// <summary>
/// Slows down guessing: after five wrong tries for one account from one address, or twenty for any from one address, each further one
/// waits longer, and eight at a time from one address. Never a lock for everybody: who comes from elsewhere does not notice.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    private const int FreeTries = 5;
    private const int FreeOfAddress = 20;
    private const int MostAtOnce = 8;
    private const int MostKnown = 100_000;
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, Failures> _failures = new();
    private readonly ConcurrentDictionary<string, int> _begun = new();

    /// <summary>Seconds to wait before the next try; null when it may go ahead.</summary>
    public int? Wait(IPAddress address, string account) =>
        Math.Max(Wait(Of(address, account), FreeTries), Wait(Of(address, null), FreeOfAddress)) is > 0 and var seconds
            ? seconds
            : null;

    /// <summary>
    /// A try, until it is disposed; null where as many are going on from there as may. What is guessed at once would all be looked at before
    /// the first of it is counted.
    /// </summary>
    public IDisposable? TryBegin(IPAddress address)
    {
        var network = Of(address, null);
        if (_begun.AddOrUpdate(network, 1, (_, n) => n + 1) <= MostAtOnce)
            return new Begun(_begun, network);
        End(_begun, network);
        return null;
    }

    /// <summary>How many in a row it was.</summary>
    public int Failed(IPAddress address, string account)
    {
        Sweep();
        Count(Of(address, null));
        return Count(Of(address, account));
    }

    /// <summary>The same of what is no guess at a password, and makes nobody wait: another site's page can have a browser do it.</summary>
    public int Noted(IPAddress address, string what)
    {
        Sweep();
        return Count(Of(address, what));
    }

    public void Succeeded(IPAddress address, string account) => _failures.TryRemove(Of(address, account), out _);

    private int Wait(string key, int free)
    {
        if (!_failures.TryGetValue(key, out var failures) || failures.Count < free)
            return 0;
        var delay = TimeSpan.FromSeconds(Math.Min(60, 1 << Math.Min(6, failures.Count - free)));
        var left = failures.Last + delay - time.GetUtcNow();
        return left > TimeSpan.Zero ? (int)Math.Ceiling(left.TotalSeconds) : 0;
    }

    private int Count(string key)
    {
        var now = time.GetUtcNow();
        return _failures.AddOrUpdate(key, new Failures(1, now), (_, f) => new Failures(f.Count + 1, now)).Count;
    }

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (old, failures) in _failures)
            if (now - failures.Last > Forgotten || _failures.Count > MostKnown)
                _failures.TryRemove(old, out _);
    }

    private static string Of(IPAddress address, string? account) =>
        account is null ? Networks.Of(address) : $"{Networks.Of(address)} {account.ToUpperInvariant()}";

    private static void End(ConcurrentDictionary<string, int> begun, string network)
    {
        if (begun.AddOrUpdate(network, 0, (_, n) => n - 1) <= 0)
            begun.TryRemove(KeyValuePair.Create(network, 0));
    }

    private sealed class Begun(ConcurrentDictionary<string, int> begun, string network) : IDisposable
    {
        public void Dispose() => End(begun, network);
    }

    private sealed record Failures(int Count, DateTimeOffset Last);
}
