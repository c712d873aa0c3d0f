namespace Torch.Contracts;

/// <summary>What an annotation tells of: <c>deploy</c>, or anything else by <c>note</c>.</summary>
public enum AnnotationKind
{
    Deploy,
    Note,
}

/// <summary>What happened to a node, and to all below it.</summary>
/// <param name="Text">1 to 200 characters: <c>v2.4.1 deployed</c>.</param>
/// <param name="Kind"><c>deploy</c> where absent.</param>
/// <param name="Link">An http or https URL of at most 2,000 characters: the build, the change, the ticket.</param>
/// <param name="At">When it happened; now where absent, and at most 5 minutes ahead.</param>
public sealed record AnnotationRequest(
    string Text,
    AnnotationKind Kind = AnnotationKind.Deploy,
    string? Link = null,
    DateTimeOffset? At = null
);

/// <summary>An annotation.</summary>
/// <param name="NodeId">The node that was annotated: the one asked for, or one above it.</param>
/// <param name="By">Who said so.</param>
/// <param name="AddedAt">When they said so.</param>
/// <param name="Position">Of the event that added it.</param>
public sealed record AnnotationView(
    Guid Id,
    Guid NodeId,
    string NodeName,
    AnnotationKind Kind,
    string Text,
    string? Link,
    DateTimeOffset At,
    string? By,
    DateTimeOffset AddedAt,
    long Position
);
