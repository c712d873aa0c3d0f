using System.Security.Cryptography;
using System.Text;

namespace Torch.Server.Auth;

/// <summary>The preset key, compared in constant time by its SHA-256, so that neither its content nor its length leaks.</summary>
internal sealed class AdminKey(TorchOptions options)
{
    private readonly byte[]? _hash = options.AdminKey is { } key ? Hash(key) : null;

    public bool IsRequired => _hash is not null;

    public bool Matches(string key) => _hash is not null && CryptographicOperations.FixedTimeEquals(_hash, Hash(key));

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
