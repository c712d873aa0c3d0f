using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Torch.Server.Auth;

/// <summary>The text of a key, <c>torch_(id)_(secret)</c>, and its hash. Only the hash is kept.</summary>
internal sealed record KeyText(Guid Id, string Text)
{
    private const string Prefix = "torch_";
    private const int IdCharacters = 32;

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static KeyText Make(Guid id) =>
        new(id, $"{Prefix}{id:N}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}");

    /// <summary>The id that a text names; null for what is no such key.</summary>
    public static Guid? IdOf(ReadOnlySpan<char> text)
    {
        var idEnd = Prefix.Length + IdCharacters;
        return
            text.Length > idEnd + 1
            && text.Length <= 200
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[idEnd] == '_'
            && Guid.TryParseExact(text[Prefix.Length..idEnd], "N", out var id)
            ? id
            : null;
    }
}
