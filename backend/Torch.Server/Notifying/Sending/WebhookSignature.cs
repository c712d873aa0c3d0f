using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Torch.Server.Notifying.Sending;

/// <summary>Standard Webhooks: an HMAC-SHA256 over id, time and body, one for each secret that is valid.</summary>
internal static class WebhookSignature
{
    private const string Prefix = "whsec_";

    /// <summary>A new secret of 32 bytes.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Whether somebody's own secret is of the form: <c>whsec_</c> and 24 to 64 bytes in base64.</summary>
    public static bool IsSecret(string text) => Key(text) is { Length: >= 24 and <= 64 };

    /// <summary>The value of <c>webhook-signature</c>: <c>v1,...</c> for each secret, parted by spaces.</summary>
    public static string Of(string id, long timestamp, ReadOnlySpan<byte> body, IEnumerable<string> secrets)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        var whole = new byte[signed.Length + body.Length];
        signed.CopyTo(whole, 0);
        body.CopyTo(whole.AsSpan(signed.Length));
        return string.Join(
            ' ',
            secrets
                .Select(s => Key(s))
                .OfType<byte[]>()
                .Select(k => "v1," + Convert.ToBase64String(HMACSHA256.HashData(k, whole)))
        );
    }

    private static byte[]? Key(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var bytes = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var written) ? bytes[..written] : null;
    }
}
