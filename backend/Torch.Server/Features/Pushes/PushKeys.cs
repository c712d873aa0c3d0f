using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Torch.Domain.Pushes;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Pushes;

/// <summary>
/// Finds the push key of a token. What it knows it asks the journal again after five seconds, so that a key that was removed opens
/// nothing for longer; while the database is away it goes by what it knew last.
/// </summary>
internal sealed class PushKeys(JournalStreams streams, PushThrottle throttle, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private const int Most = 10_000;

    private sealed record Known(PushKey Key, long ReadAt, string From);

    private readonly ConcurrentDictionary<Guid, Known> _known = new();

    /// <summary>The text of a new key: of one source a UUID, which Healthchecks' scripts ask for and the others take as well.</summary>
    public static string Make(bool isOfOneSource) =>
        isOfOneSource ? Uuid() : RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 32);

    // Random in all but its version and variant: a newer kind of UUID would tell the time and leave less to guess.
    private static string Uuid()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    public static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>The key, or null where the token opens nothing.</summary>
    /// <param name="token">What the script showed.</param>
    /// <param name="http">Who asks.</param>
    /// <param name="endpoint">Of Gatus' endpoints, which may share a token, the key of the one that is pushed to: a key that opens it goes before one that does not.</param>
    /// <exception cref="NpgsqlException">The database is away, and the key was not known before.</exception>
    /// <exception cref="FaultException">429: too many that open nothing came from there. One that came from there before goes on.</exception>
    public async Task<PushKey?> FindAsync(string? token, HttpContext http, string? endpoint = null)
    {
        if (token is not { Length: >= PushTokens.FewestCharacters and <= PushTokens.MostCharacters })
            return null;
        Guid[] ids = endpoint is null ? [PushKey.IdOf(token)] : [PushKey.IdOf(token), PushKey.IdOf(token, endpoint)];
        var peer = http.Peer();
        var from = Networks.Of(peer);
        if (!throttle.Allows(peer) && !ids.Any(id => _known.TryGetValue(id, out var known) && known.From == from))
            throw new FaultException(PushThrottle.TooMany);
        PushKey? found = null;
        foreach (var id in ids)
        {
            var key = await ReadAsync(id, from, http.RequestAborted);
            if (!IsOf(token, key))
                continue;
            if (endpoint is null || GatusKey.SourceOf(endpoint, key) is not null)
                return key;
            found ??= key;
        }
        if (found is null)
            throttle.Missed(peer);
        return found;
    }

    /// <summary>Asks the journal the next time, because it has just changed.</summary>
    public void Forget(Guid id) => _known.TryRemove(id, out _);

    private static bool IsOf(string token, PushKey key) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(key.Hash),
            Encoding.ASCII.GetBytes(HashOf(token))
        ) && key.Exists;

    private async Task<PushKey> ReadAsync(Guid id, string from, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(id, out var known) && time.GetElapsedTime(known.ReadAt) < Fresh)
            return known.Key;
        try
        {
            var key = (await streams.ReadAsync(Journaled.PushKey, id, cancellationToken)).State;
            // Guessed tokens have no key and take no room.
            if (key.Exists && _known.Count < Most)
                _known[id] = new(key, time.GetTimestamp(), from);
            else
                Forget(id);
            return key;
        }
        catch (NpgsqlException) when (known is not null)
        {
            return known.Key;
        }
    }
}
