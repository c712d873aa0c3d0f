using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Torch.Domain.Pushes;

namespace Torch.Server.Features.Pushes;

/// <summary>
/// Finds the push key of a token. What it knows it asks the journal again after five seconds, so that a key that was removed opens
/// nothing for longer; while the database is away it goes by what it knew last.
/// </summary>
internal sealed class PushKeys(JournalStreams streams, TimeProvider time)
{
    public const int FewestCharacters = 8;
    public const int MostCharacters = 200;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private const int Most = 10_000;

    private sealed record Known(PushKey Key, long ReadAt);

    private readonly ConcurrentDictionary<Guid, Known> _known = new();

    /// <summary>The text of a new key.</summary>
    public static string Make() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 32);

    public static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>The key, or null where the token opens nothing.</summary>
    /// <exception cref="NpgsqlException">The database is away, and the key was not known before.</exception>
    public async Task<PushKey?> FindAsync(string? token, CancellationToken cancellationToken)
    {
        if (token is not { Length: >= FewestCharacters and <= MostCharacters })
            return null;
        var key = await ReadAsync(PushKey.IdOf(token), cancellationToken);
        var matches = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(key.Hash),
            Encoding.ASCII.GetBytes(HashOf(token))
        );
        return key.Exists && matches ? key : null;
    }

    /// <summary>Asks the journal the next time, because it has just changed.</summary>
    public void Forget(Guid id) => _known.TryRemove(id, out _);

    private async Task<PushKey> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(id, out var known) && time.GetElapsedTime(known.ReadAt) < Fresh)
            return known.Key;
        try
        {
            var key = (await streams.PushKeyAsync(id, cancellationToken)).State;
            // Guessed tokens have no key and take no room.
            if (key.Exists && _known.Count < Most)
                _known[id] = new(key, time.GetTimestamp());
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
