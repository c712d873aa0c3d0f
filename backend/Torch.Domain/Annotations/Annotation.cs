namespace Torch.Domain.Annotations;

/// <summary>What an annotation tells of. The names are on disk.</summary>
public enum AnnotationKind
{
    /// <summary>Something was brought out: a version, a setting, a migration.</summary>
    Deploy,

    /// <summary>Anything else that explains what came after it.</summary>
    Note,
}

/// <summary>In the annotation's own stream: somebody, or a script of theirs, says what happened to a node, and to all below it.</summary>
/// <param name="Link">An http or https URL.</param>
/// <param name="At">When it happened, which is not when it was said.</param>
public sealed record AnnotationAdded(
    Guid AnnotationId,
    Guid NodeId,
    AnnotationKind Kind,
    string Text,
    string? Link,
    DateTimeOffset At
) : IEvent;

/// <summary>In the annotation's own stream: it is told no longer.</summary>
public sealed record AnnotationRemoved(Guid AnnotationId, Guid NodeId) : IEvent;

/// <summary>An annotation, folded from its stream, and the decisions on it.</summary>
public sealed record Annotation(Guid Id, Guid NodeId, bool Exists)
{
    private const int LongestLink = 2_000;

    private static readonly Refusal Gone = new("unknown_annotation", "There is no such annotation.");

    /// <summary>Before its first event.</summary>
    public static Annotation Initial { get; } = new(Guid.Empty, Guid.Empty, false);

    public static Annotation Evolve(Annotation annotation, IEvent @event) =>
        @event switch
        {
            AnnotationAdded e => new(e.AnnotationId, e.NodeId, true),
            AnnotationRemoved => annotation with { Exists = false },
            _ => annotation,
        };

    public static Decision Add(
        Guid id,
        Guid nodeId,
        AnnotationKind kind,
        string text,
        string? link,
        DateTimeOffset at
    ) =>
        Names.Problem(text) is not null
            ? Decision.Refuse("bad_text", "A text has 1 to 200 characters, and no control characters.")
        : link is not null && !IsLink(link)
            ? Decision.Refuse("bad_link", $"A link is an http or https URL of at most {LongestLink:N0} characters.")
        : Decision.Accept(new AnnotationAdded(id, nodeId, kind, text, link, at));

    public Decision Remove() =>
        Exists ? Decision.Accept(new AnnotationRemoved(Id, NodeId)) : Decision.Refuse(Gone.Code, Gone.Detail);

    // It becomes a link in browsers: nothing but a web address may.
    private static bool IsLink(string link) =>
        link.Length <= LongestLink
        && !link.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
        && Uri.TryCreate(link, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url.Host.Length > 0;
}
