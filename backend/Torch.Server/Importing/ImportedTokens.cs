using Torch.Server.Configuring.Planning;
using Torch.Server.Features.Pushes;

namespace Torch.Server.Importing;

/// <summary>A token as another system's file has it.</summary>
/// <param name="Endpoint">Of Gatus' endpoints the key: its scripts send the token in a header, never in an address, and endpoints may share it.</param>
internal sealed record ImportedToken(string Text, string? Endpoint = null);

/// <summary>The tokens that an import carries, each for one source or, of Gatus, for one of each endpoint.</summary>
internal sealed class ImportedTokens
{
    private readonly Dictionary<(string Token, string? Endpoint), WantedPushKey> _wanted = [];

    public IReadOnlyList<WantedPushKey> PushKeys => [.. _wanted.Values];

    /// <returns>Why it cannot be carried; null where it is.</returns>
    public string? Take(ImportedToken token, string source)
    {
        if (PushTokens.Problem(token.Text, isBearer: token.Endpoint is not null) is { } problem)
            return $"its token is none for Torch, where it {problem}; make a push key for the source {source}, and change its script";
        var wanted = new WantedPushKey(source, token.Text, token.Endpoint);
        var other = _wanted.GetValueOrDefault((token.Text, token.Endpoint), wanted).Source;
        if (other != source)
            return $"its token is that of {other}, too, and opens that; make a push key for the source {source}, and change its script";
        _wanted[(token.Text, token.Endpoint)] = wanted;
        return null;
    }
}
