using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Torch.Server.Auth;

/// <summary>
/// Texts that the log keeps encrypted and that no answer shows: passwords, tokens, secret headers. What was stored before there were keys
/// is readable as it stands.
/// </summary>
internal sealed class Secrets(IDataProtectionProvider keys)
{
    /// <summary>Stands where a secret is. Sent back, it means the secret that is there already.</summary>
    public const string Mask = "********";

    /// <summary>How an encrypted text begins. It is on disk.</summary>
    public const string Prefix = "secret:v1:";

    private readonly IDataProtector _protector = keys.CreateProtector("Torch.Secrets.v1");

    public string Protect(string text) => Prefix + _protector.Protect(text);

    /// <exception cref="SecretUnreadableException">It was encrypted with keys that are not here.</exception>
    public string Reveal(string stored)
    {
        if (!IsProtected(stored))
            return stored;
        try
        {
            return _protector.Unprotect(stored[Prefix.Length..]);
        }
        catch (CryptographicException)
        {
            throw new SecretUnreadableException();
        }
    }

    /// <summary>
    /// What to store for what was sent: the mask keeps what is there, the same text again changes nothing, and everything else is encrypted.
    /// </summary>
    /// <param name="known">What is stored; null for nothing.</param>
    /// <returns>Null where the mask was sent and nothing is there.</returns>
    public string? Store(string sent, string? known)
    {
        if (sent == Mask)
            return known;
        return known is not null && IsSame(sent, known) ? known : Protect(sent);
    }

    public static bool IsProtected([NotNullWhen(true)] string? stored) =>
        stored?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    // What stands there in the clear is encrypted as soon as it is sent again.
    private bool IsSame(string sent, string known)
    {
        try
        {
            return IsProtected(known) && Reveal(known) == sent;
        }
        catch (SecretUnreadableException)
        {
            return false;
        }
    }
}

/// <summary>A secret was encrypted with keys that this server does not have.</summary>
internal sealed class SecretUnreadableException()
    : Exception(
        "A secret was encrypted with keys that are not here: bring the folder of keys along, or enter the secret again."
    );
