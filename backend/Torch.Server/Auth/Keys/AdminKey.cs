using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Torch.Server.Auth;

/// <summary>The preset key, compared in constant time by its SHA-256, so that neither its content nor its length leaks.</summary>
internal sealed class AdminKey
{
    private readonly byte[]? _hash;
    private readonly byte[] _ownHash;

    public AdminKey(TorchOptions options)
    {
        _hash = options.AdminKey is { } key ? Hash(key) : null;
        _ownHash = Hash(Own);
    }

    /// <summary>What this process calls itself with, and nobody else knows: the demo goes on where accounts have closed the door.</summary>
    public string Own { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public bool IsRequired => _hash is not null;

    public bool Matches(ShownKey key) => key.Is(_hash) | key.Is(_ownHash);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
