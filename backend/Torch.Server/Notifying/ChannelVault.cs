using Torch.Domain.Notices;
using Torch.Server.Auth;

namespace Torch.Server.Notifying;

/// <summary>The one place that seals a channel's secrets and opens them.</summary>
internal sealed class ChannelVault(Secrets keys)
{
    public IReadOnlyDictionary<string, string> Seal(IReadOnlyDictionary<string, string> secrets) =>
        secrets.ToDictionary(s => s.Key, s => s.Value.Length == 0 ? "" : Seal(s.Value), StringComparer.Ordinal);

    public string Seal(string secret) => keys.Protect(secret);

    /// <summary>Null where the channel has none of the name.</summary>
    /// <exception cref="SecretUnreadableException">It was sealed with other keys.</exception>
    public string? Open(Channel channel, string name) =>
        channel.Secrets.TryGetValue(name, out var sealedText) ? Open(sealedText) : null;

    /// <summary>Null where there is none of the name, or none that can be read here.</summary>
    public string? TryOpen(IReadOnlyDictionary<string, string> secrets, string name)
    {
        try
        {
            return secrets.TryGetValue(name, out var sealedText) ? Open(sealedText) : null;
        }
        catch (SecretUnreadableException)
        {
            return null;
        }
    }

    /// <summary>The secrets that sign a webhook's messages now: the current one first.</summary>
    public IReadOnlyList<string> Signing(Channel channel, DateTimeOffset now) =>
        [
            .. Open(channel, ChannelSecret.Signing) is { } current ? [current] : (string[])[],
            .. channel.Former is { } former && former.Until > now ? [Open(former.Secret)] : (string[])[],
        ];

    private string Open(string sealedText) => keys.Reveal(sealedText);
}
