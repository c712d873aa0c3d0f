using System.Security.Cryptography;
using Torch.EventStore.Canonical;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Chaining;

/// <summary>How the hashes of the journal follow from each other.</summary>
internal static class JournalChain
{
    /// <summary>What stands before the first hash.</summary>
    public static byte[] Beginning => new byte[SHA256.HashSizeInBytes];

    /// <summary>SHA-256 of the hash before and the event's own.</summary>
    public static byte[] Next(ReadOnlySpan<byte> before, StoredEvent stored)
    {
        Span<byte> both = stackalloc byte[2 * SHA256.HashSizeInBytes];
        before.CopyTo(both);
        EventHash.Of(stored).CopyTo(both[SHA256.HashSizeInBytes..]);
        return SHA256.HashData(both);
    }
}

/// <summary>A hash of the chain that was signed.</summary>
/// <param name="Position">Of the newest event that it covers.</param>
/// <param name="Micros">When, in microseconds since 1970.</param>
public sealed record SignedHash(long Position, byte[] Hash, long Micros, string KeyId, byte[] Signature);
