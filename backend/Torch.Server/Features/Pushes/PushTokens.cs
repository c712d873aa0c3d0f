namespace Torch.Server.Features.Pushes;

/// <summary>What a push key's token may look like: hard enough to guess, and whole in the address that a script has built in.</summary>
internal static class PushTokens
{
    public const int FewestCharacters = 8;
    public const int MostCharacters = 200;

    private const string InAddresses = "-._~";

    // RFC 6750, 2.1: what a bearer may have beside these.
    private const string InBearers = InAddresses + "+/=";

    /// <summary>What is wrong with a token; null where nothing is.</summary>
    /// <param name="isBearer">Its scripts send it in a header, never in an address.</param>
    public static string? Problem(string token, bool isBearer = false)
    {
        if (token.Length is < FewestCharacters or > MostCharacters)
            return $"must have {FewestCharacters} to {MostCharacters} characters";
        var others = isBearer ? InBearers : InAddresses;
        return token.All(c => char.IsAsciiLetterOrDigit(c) || others.Contains(c, StringComparison.Ordinal))
            ? null
            : $"must consist of letters, digits and {others}";
    }
}
