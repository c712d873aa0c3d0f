using Torch.Server.Configuring.Planning;
using Torch.Server.Features.Pushes;

namespace Torch.Server.Importing;

/// <summary>A token as another system's file has it.</summary>
/// <param name="IsBearer">Its scripts send it in a header, never in an address.</param>
internal sealed record ImportedToken(string Text, bool IsBearer = false);

/// <summary>The tokens that an import carries, each for one source.</summary>
internal sealed class ImportedTokens
{
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);

    public IReadOnlyList<WantedPushKey> PushKeys => [.. _sources.Select(t => new WantedPushKey(t.Value, t.Key))];

    /// <returns>Why it cannot be carried; null where it is.</returns>
    public string? Take(ImportedToken token, string source)
    {
        if (PushTokens.Problem(token.Text, token.IsBearer) is { } problem)
            return $"its token is none for Torch, where it {problem}; make a push key for the source {source}, and change its script";
        if (_sources.TryAdd(token.Text, source) || _sources[token.Text] == source)
            return null;
        return $"its token is that of {_sources[token.Text]}, too, and opens that; make a push key for the source {source}, and change its script";
    }
}
