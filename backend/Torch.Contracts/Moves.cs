using System.Text.Json.Serialization;

namespace Torch.Contracts;

/// <summary>A change of places that is thought about.</summary>
/// <param name="Nodes">1 to 200 nodes, each once, which all go to one place.</param>
/// <param name="ParentId">Where they go; null makes them roots.</param>
/// <param name="Keep">True puts them under the parent as well and leaves them where they are.</param>
public sealed record PreviewMoves(IReadOnlyList<MovedNode> Nodes, Guid? ParentId = null, bool? Keep = null);

/// <param name="FromParentId">Which parent it leaves; needed when there are several.</param>
public sealed record MovedNode(Guid NodeId, Guid? FromParentId = null);

/// <summary>The statuses as they would be. Nothing is written.</summary>
/// <param name="Position">The log position that the real statuses reflect.</param>
/// <param name="Changes">The nodes that would have another status, lowest first.</param>
public sealed record MovePreview(long Position, IReadOnlyList<SimulatedChangeView> Changes);

/// <summary>From the roots over a node down to what caused its status.</summary>
/// <param name="Nodes">Each once: the node itself, those above it, and those that decided it, nearest first.</param>
/// <param name="Cut">There while more nodes belong to it than were asked for.</param>
public sealed record CausesView(
    Guid NodeId,
    IReadOnlyList<CauseNodeView> Nodes,
    IReadOnlyList<CauseEdgeView> Edges,
    long Position,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Cut = null
);

/// <summary>A node on the way.</summary>
/// <param name="Sentence">Why it has its status.</param>
/// <param name="RootCause">There where nothing below it decided its status.</param>
/// <param name="OtherProblems">How many of its children have a problem and are not told of here.</param>
/// <param name="OtherCalm">How many of its children have none and are not told of here.</param>
public sealed record CauseNodeView(
    Guid Id,
    string Name,
    Guid? CheckId,
    string Status,
    DateTimeOffset Since,
    string Sentence,
    int OtherProblems,
    int OtherCalm,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? RootCause = null
);

/// <param name="Decides">There where the child decided the parent's status.</param>
public sealed record CauseEdgeView(
    Guid ParentId,
    Guid ChildId,
    decimal Weight,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Decides = null
);
