namespace Torch.Domain.Keys;

/// <summary>What a key opens.</summary>
/// <param name="Scopes">See <see cref="KeyScopes"/>.</param>
/// <param name="SourcePrefix">What it may report on begins like this; null for anything.</param>
/// <param name="ExpiresAt">When it ceases to work; null for never.</param>
/// <param name="PerSecond">How many reports and requests a second; null for Torch's own limit.</param>
public sealed record KeySettings(
    string Name,
    IReadOnlyList<string> Scopes,
    string? SourcePrefix = null,
    DateTimeOffset? ExpiresAt = null,
    int? PerSecond = null
);

/// <summary>In the stream of keys: there is a key.</summary>
/// <param name="KeyHash">SHA-256 of its text, in hex.</param>
public sealed record ApiKeyCreated(Guid KeyId, KeySettings Settings, string KeyHash) : IEvent;

/// <summary>In the stream of keys: it opens something else, or until another time.</summary>
public sealed record ApiKeyChanged(Guid KeyId, KeySettings Settings) : IEvent;

/// <summary>In the stream of keys: it has a new text, and the one before lives on for a while.</summary>
/// <param name="KeyHash">SHA-256 of the new text, in hex.</param>
/// <param name="PreviousUntil">When the one before ceases to work; older ones cease at once.</param>
public sealed record ApiKeyRotated(Guid KeyId, string KeyHash, DateTimeOffset PreviousUntil) : IEvent;

/// <summary>In the stream of keys: it opens nothing any more.</summary>
public sealed record ApiKeyRevoked(Guid KeyId) : IEvent;
