namespace Torch.Domain.Notices;

/// <summary>In the channel's own stream.</summary>
/// <param name="Secrets">Sealed, by what they are for; see <see cref="ChannelSecret"/>.</param>
public sealed record ChannelCreated(
    Guid ChannelId,
    ChannelSettings Settings,
    IReadOnlyDictionary<string, string> Secrets
) : IEvent;

/// <param name="Secrets">Those that are others now; null where none is. An empty text takes one away.</param>
public sealed record ChannelChanged(
    Guid ChannelId,
    ChannelSettings Settings,
    IReadOnlyDictionary<string, string>? Secrets = null
) : IEvent;

/// <summary>A webhook's messages are signed with a new secret from now on, and with the former one too for a while.</summary>
/// <param name="Secret">Sealed.</param>
/// <param name="FormerUntil">When the former one signs no longer.</param>
public sealed record ChannelSecretRotated(Guid ChannelId, string Secret, DateTimeOffset FormerUntil) : IEvent;

/// <summary>Its receiver said that it is gone: nothing is sent to it until somebody changes it.</summary>
public sealed record ChannelDisabled(Guid ChannelId, string Reason) : IEvent;

/// <summary>Somebody sent a message to try it.</summary>
/// <param name="Detail">What the receiver answered, or why it was not reached.</param>
public sealed record ChannelTested(Guid ChannelId, bool Delivered, string Detail) : IEvent;

public sealed record ChannelDeleted(Guid ChannelId) : IEvent;
