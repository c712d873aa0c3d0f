using System.Text.Json.Serialization;

namespace Torch.Contracts;

/// <summary>What is assumed.</summary>
/// <param name="Assume">1 to 100 nodes, each once, at or below the node that is looked at.</param>
public sealed record Simulate(IReadOnlyList<AssumedStatus> Assume);

/// <summary>A node and the status that it is assumed to have.</summary>
public sealed record AssumedStatus(Guid NodeId, string Status);

/// <summary>The tree as it would be. Nothing is written.</summary>
/// <param name="Simulated">Always true: this is not what is.</param>
/// <param name="Position">The log position that the real statuses reflect.</param>
/// <param name="Changes">The nodes that would have another status, lowest first.</param>
public sealed record SimulationView(bool Simulated, long Position, IReadOnlyList<SimulatedChangeView> Changes);

/// <summary>A node that would have another status.</summary>
/// <param name="Sentence">Why.</param>
/// <param name="Assumed">True for what was assumed, absent for what would follow.</param>
/// <param name="After">How long it would take, where a rule's duration stands before it.</param>
public sealed record SimulatedChangeView(
    Guid NodeId,
    string Name,
    string From,
    string To,
    string Sentence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Assumed = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TimeSpan? After = null
);
