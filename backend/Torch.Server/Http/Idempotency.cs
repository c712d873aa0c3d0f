using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Torch.EventStore;
using Torch.Server.Auth;

namespace Torch.Server.Http;

/// <summary>Reads <c>Idempotency-Key</c> and keeps two requests with the same key from running side by side.</summary>
internal sealed class Idempotency
{
    public const string Header = "Idempotency-Key";
    private const int MostCharacters = 200;
    private const int MostPathCharacters = 400;
    private readonly ConcurrentDictionary<(string Scope, string Key), byte> _inFlight = new();

    /// <summary>The caller's key with an empty answer; null where none was sent.</summary>
    public static IdempotencyKey? Of(HttpContext http, ReadOnlySpan<byte> body)
    {
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0)
            return null;
        if (key.Length > MostCharacters || key.Any(c => c is < ' ' or > '~'))
            throw new FaultException(
                Fault.Invalid(Header, $"must be 1 to {MostCharacters} printable ASCII characters")
            );
        var scope = $"{http.Caller()?.Id ?? "anonymous"} {http.Request.Method} {Short(http.Request.Path)}";
        return new IdempotencyKey(scope, key, SHA256.HashData(body), ReadOnlyMemory<byte>.Empty);
    }

    // The scope is part of an index, whose rows PostgreSQL bounds.
    private static string Short(string path) =>
        path.Length <= MostPathCharacters ? path : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)));

    /// <summary>Claims the key until disposed; 409 while another request holds it.</summary>
    public IDisposable? Claim(IdempotencyKey? key)
    {
        if (key is null)
            return null;
        if (!_inFlight.TryAdd((key.Scope, key.Key), 0))
            throw new FaultException(InFlight);
        return new Release(_inFlight, (key.Scope, key.Key));
    }

    public static Fault Reused { get; } =
        new(422, "idempotency_key_reused", "This Idempotency-Key was used before with another request.");

    private static readonly Fault InFlight = new(
        409,
        "idempotency_key_in_flight",
        "The first request with this Idempotency-Key is still running.",
        RetryAfterSeconds: 1
    );

    private sealed class Release(ConcurrentDictionary<(string, string), byte> held, (string, string) key) : IDisposable
    {
        public void Dispose() => held.TryRemove(key, out _);
    }
}
