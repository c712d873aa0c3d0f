using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Torch.Domain.Agents;

namespace Torch.Server.Auth;

/// <summary>The text of a key, <c>torch_(id)_(secret)</c>, and its hash. Only the hash is kept.</summary>
internal sealed record KeyText(Guid Id, string Text)
{
    private const string Prefix = "torch_";
    private const int IdCharacters = 32;
    private const int HashCharacters = 64;

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static KeyText Make(Guid id) =>
        new(id, $"{Prefix}{id:N}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}");

    /// <summary>
    /// Every hash is looked at, each in constant time: how long it takes tells nothing of how near a guess came.
    /// </summary>
    public bool IsOneOf(IReadOnlyList<KeyHash> hashes, DateTimeOffset now)
    {
        Span<byte> mine = stackalloc byte[HashCharacters];
        Encoding.ASCII.GetBytes(Hash, mine);
        Span<byte> known = stackalloc byte[HashCharacters];
        var matches = false;
        foreach (var (hash, until) in hashes)
            matches |=
                Encoding.ASCII.TryGetBytes(hash, known, out _)
                & CryptographicOperations.FixedTimeEquals(known, mine)
                & !(until <= now);
        return matches;
    }

    /// <summary>Null for what is no such key.</summary>
    public static KeyText? Read(string text)
    {
        var idEnd = Prefix.Length + IdCharacters;
        return
            text.Length > idEnd + 1
            && text.Length <= 200
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[idEnd] == '_'
            && Guid.TryParseExact(text.AsSpan(Prefix.Length, IdCharacters), "N", out var id)
            ? new(id, text)
            : null;
    }
}
