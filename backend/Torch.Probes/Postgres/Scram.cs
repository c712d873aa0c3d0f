using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Torch.Probes.Postgres;

/// <summary>SCRAM-SHA-256 (RFC 5802, RFC 7677) as PostgreSQL speaks it: the server learns no password, and proves that it knows it too.</summary>
internal sealed class Scram
{
    private const string Mechanism = "SCRAM-SHA-256";

    // "No channel binding", and its Base64 for the second message.
    private const string Header = "n,,";
    private const string HeaderAgain = "c=biws";

    // A hostile server could name any number, and each costs time.
    private const int MostIterations = 200_000;

    private readonly string _nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
    private byte[] _serverSignature = [];

    private Scram() { }

    /// <exception cref="ProbeFault">The server does not offer it.</exception>
    public static Scram Begin(string[] mechanisms) =>
        mechanisms.Contains(Mechanism)
            ? new Scram()
            : throw Fault("PostgreSQL asks for a kind of login that Torch does not have.");

    private string FirstBare => $"n=,r={_nonce}";

    /// <summary>The first message: who asks stands in the session's parameters, so the name is empty.</summary>
    public byte[] First()
    {
        var message = Encoding.ASCII.GetBytes(Header + FirstBare);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, message.Length);
        return [.. PostgresWire.Texts(Mechanism), .. length, .. message];
    }

    /// <summary>The second message, from the server's challenge: <c>r=nonce,s=salt,i=iterations</c>.</summary>
    public byte[] Answer(string challenge, string password)
    {
        var parts = challenge.Split(',');
        var nonce = Part(parts, "r=");
        var isOurs = nonce.Length > _nonce.Length && nonce.StartsWith(_nonce, StringComparison.Ordinal);
        var isNumber = int.TryParse(Part(parts, "i="), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds);
        if (!isOurs || !isNumber || rounds is < 1 or > MostIterations)
            throw Fault("The target's challenge is not one of SCRAM-SHA-256.");
        var salted = Salted(password, Part(parts, "s="), rounds);
        var withoutProof = $"{HeaderAgain},r={nonce}";
        var signed = Encoding.UTF8.GetBytes($"{FirstBare},{challenge},{withoutProof}");
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        var signature = HMACSHA256.HashData(SHA256.HashData(clientKey), signed);
        var proof = clientKey.Zip(signature, (a, b) => (byte)(a ^ b)).ToArray();
        _serverSignature = HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), signed);
        return Encoding.UTF8.GetBytes($"{withoutProof},p={Convert.ToBase64String(proof)}");
    }

    /// <exception cref="ProbeFault">The server does not know the password: it is another one.</exception>
    public void Verify(string last)
    {
        var signature = Part(last.Split(','), "v=");
        var isVerified = CryptographicOperations.FixedTimeEquals(Bytes(signature), _serverSignature);
        if (!isVerified)
            throw Fault("The target could not prove that it knows the password.");
    }

    private static byte[] Salted(string password, string salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), Bytes(salt), rounds, HashAlgorithmName.SHA256, 32);

    private static string Part(string[] parts, string key) =>
        Array.Find(parts, p => p.StartsWith(key, StringComparison.Ordinal))?[key.Length..] ?? "";

    private static byte[] Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length)
            ? bytes[..length]
            : throw Fault("The target's challenge is not one of SCRAM-SHA-256.");
    }

    private static ProbeFault Fault(string message) => new(Causes.Login, message);
}
