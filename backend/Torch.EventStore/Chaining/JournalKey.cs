using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Torch.EventStore.Chaining;

/// <summary>
/// The key that signs the journal's chain: ECDSA P-256 in a file outside the database. Beside it stand the public key, for those who
/// verify, and the newest signed position, so that a database rolled back to before it is noticed.
/// </summary>
public sealed class JournalKey : IDisposable
{
    private readonly ECDsa _key;

    private JournalKey(string file, ECDsa key)
    {
        (_key, File) = (key, file);
        Id = JournalPublicKey.IdOf(key);
        LastSigned = LastSignedBeside(file);
    }

    /// <summary>The private key's file, PEM.</summary>
    public string File { get; }

    /// <summary>The first 16 hex digits of the SHA-256 of the public key.</summary>
    public string Id { get; }

    /// <summary>The newest signed hash that this folder has seen.</summary>
    public LastSigned LastSigned { get; }

    /// <summary>Opens the key, or makes it on first use (mode 0600) together with the public one (<c>.pub.pem</c>).</summary>
    /// <exception cref="JournalKeyException">It cannot be read, written, or is no such key.</exception>
    public static JournalKey OpenOrMake(string file)
    {
        try
        {
            var key = System.IO.File.Exists(file) ? Read(file) : Make(file);
            System.IO.File.WriteAllText(PublicFileOf(file), key.ExportSubjectPublicKeyInfoPem() + "\n");
            return new JournalKey(file, key);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JournalKeyException($"the journal's key {file} cannot be used: {exception.Message}");
        }
    }

    /// <summary><c>journal.pub.pem</c> for <c>journal.pem</c>.</summary>
    public static string PublicFileOf(string file) => Path.ChangeExtension(file, ".pub.pem");

    /// <summary>What is remembered beside a key's file, for those who only verify.</summary>
    public static LastSigned LastSignedBeside(string file) => new(Path.ChangeExtension(file, ".last"));

    /// <summary>Signs a hash of the chain.</summary>
    public SignedHash Sign(long position, byte[] hash, long micros)
    {
        var message = JournalPublicKey.Message(position, hash, micros, Id);
        return new SignedHash(position, hash, micros, Id, _key.SignData(message, HashAlgorithmName.SHA256));
    }

    public void Dispose() => _key.Dispose();

    private static ECDsa Read(string file)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(System.IO.File.ReadAllText(file));
            key.ExportECPrivateKey();
            return key;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new JournalKeyException($"{file} holds no private ECDSA key in PEM");
        }
    }

    // It gets its name only when it is whole.
    private static ECDsa Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var unfinished = file + ".new";
        System.IO.File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(unfinished, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
            stream.Flush(flushToDisk: true);
        }
        System.IO.File.Move(unfinished, file);
        return key;
    }
}

/// <summary>Tells whether a signature holds.</summary>
public sealed class JournalPublicKey : IDisposable
{
    private readonly ECDsa _key;

    private JournalPublicKey(ECDsa key) => (_key, Id) = (key, IdOf(key));

    /// <summary>As in <see cref="JournalKey.Id"/>.</summary>
    public string Id { get; }

    /// <summary>Reads a PEM file, the public key's or the private one's.</summary>
    /// <exception cref="JournalKeyException">It cannot be read, or is no such key.</exception>
    public static JournalPublicKey Read(string file)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            return new JournalPublicKey(key);
        }
        catch (Exception exception)
            when (exception is ArgumentException or CryptographicException or IOException or UnauthorizedAccessException
            )
        {
            key.Dispose();
            throw new JournalKeyException($"{file} holds no ECDSA key in PEM: {exception.Message}");
        }
    }

    /// <summary>Whether this key signed it.</summary>
    public bool Holds(SignedHash signed) =>
        string.Equals(signed.KeyId, Id, StringComparison.Ordinal)
        && _key.VerifyData(
            Message(signed.Position, signed.Hash, signed.Micros, signed.KeyId),
            signed.Signature,
            HashAlgorithmName.SHA256
        );

    public void Dispose() => _key.Dispose();

    internal static string IdOf(ECDsa key) =>
        Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];

    // What is signed, in canonical JSON.
    internal static byte[] Message(long position, byte[] hash, long micros, string keyId) =>
        Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"at":{{micros}},"hash":"{{Convert.ToHexStringLower(hash)}}","key":"{{keyId}}","position":{{position}}}"""
            )
        );
}

/// <summary>The journal's key cannot be used. The message is one line for people.</summary>
public sealed class JournalKeyException(string message) : Exception(message);
