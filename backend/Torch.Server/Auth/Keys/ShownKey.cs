using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Torch.Domain.Agents;

namespace Torch.Server.Auth;

/// <summary>A key as somebody shows it. Hashed once, whatever it is then compared with: this is on the way of every report.</summary>
internal sealed class ShownKey
{
    private const int Short = 256;

    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];

    public ShownKey(ReadOnlySpan<char> text)
    {
        Id = KeyText.IdOf(text);
        Span<byte> bytes = text.Length <= Short ? stackalloc byte[Short * 3] : new byte[text.Length * 3];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], _hash);
    }

    /// <summary>The id that it names; null where it is neither one of the API's keys nor an agent's.</summary>
    public Guid? Id { get; }

    /// <summary>In constant time: how long it takes tells nothing of how near a guess came.</summary>
    public bool Is(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(_hash, hash);

    /// <summary>Every hash is looked at, each in constant time.</summary>
    public bool IsOneOf(IReadOnlyList<KeyHash> hashes, DateTimeOffset now)
    {
        Span<byte> known = stackalloc byte[SHA256.HashSizeInBytes];
        var matches = false;
        for (var i = 0; i < hashes.Count; i++)
        {
            var isRead = Convert.FromHexString(hashes[i].Hash, known, out _, out _) == OperationStatus.Done;
            matches |= isRead & Is(known) & !(hashes[i].Until <= now);
        }
        return matches;
    }
}
