using System.Text.Json;

namespace Torch.Contracts;

/// <summary>A change that somebody made: who, when, from where, why, and what was before and after.</summary>
/// <param name="Position">Its place in the log.</param>
/// <param name="Type">The event's name, such as <c>rules_published</c>.</param>
/// <param name="Actor">Who; null where Torch did it.</param>
/// <param name="Origin">The address that it came from.</param>
/// <param name="Reason">Why, where it was said.</param>
/// <param name="CorrelationId">One id for everything that the same request changed.</param>
/// <param name="Before">What the change replaced, by name; null where there was nothing.</param>
/// <param name="After">What holds from then on, null members for what was taken away; null where the subject was deleted.</param>
public sealed record AuditEntry(
    long Position,
    Guid Id,
    string Type,
    DateTimeOffset At,
    AuditSubject Subject,
    string? Actor,
    string? Origin,
    string? Reason,
    string? CorrelationId,
    JsonElement? Before,
    JsonElement? After
);

/// <summary>What was changed.</summary>
/// <param name="Kind"><c>node</c>, <c>check</c>, <c>status</c>, <c>maintenance</c>, <c>objective</c> or <c>agent</c>; <c>event</c> for what is no change.</param>
/// <param name="Id">Null for a status, which has a name only.</param>
/// <param name="Name">As it was called then; of a node's place in a hierarchy, as it is called now. Null where neither is known.</param>
public sealed record AuditSubject(string Kind, Guid? Id, string? Name);

/// <summary>An event with what brought it about and what it brought about.</summary>
/// <param name="Entry">Also of events that are no changes, such as transitions and observations.</param>
/// <param name="Causes">Of a transition: the event that it followed from, and the rules that decided it.</param>
/// <param name="Effects">What followed at once, then transitions that published rules decided later: the first 100 of each.</param>
/// <param name="EffectCount">How many there are in all.</param>
/// <param name="Position">What has been read: the events up to it.</param>
public sealed record AuditDetail(
    AuditEntry Entry,
    IReadOnlyList<AuditLink> Causes,
    IReadOnlyList<AuditLink> Effects,
    long EffectCount,
    long Position
);

/// <summary>A cause or an effect.</summary>
/// <param name="Relation"><c>triggered</c>: the one followed from the other at once. <c>decided</c>: rules decided a transition.</param>
/// <param name="Sentence">Of a transition: from what to what, and why.</param>
public sealed record AuditLink(
    string Relation,
    long Position,
    Guid Id,
    string Type,
    DateTimeOffset At,
    AuditSubject Subject,
    string? Actor,
    string? Reason,
    string? Sentence
);
