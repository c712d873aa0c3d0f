using Torch.Domain.Nodes;

namespace Torch.Domain.Evaluation;

/// <summary>
/// What if some edges were drawn, or taken away? The nodes above both ends, evaluated once with the change and once without. Nothing of it
/// reaches the evaluator that it was taken from. Not safe for several threads.
/// </summary>
public sealed class MoveSimulation
{
    private readonly IReadOnlyList<IEvent> _edges;
    private readonly IReadOnlyList<Guid> _nodes;
    private readonly Evaluator _moved;
    private readonly Evaluator _real;

    /// <param name="edges"><see cref="ChildLinked"/> and <see cref="ChildUnlinked"/>, as the topology decided them.</param>
    public MoveSimulation(Evaluator evaluator, IReadOnlyList<IEvent> edges)
    {
        _edges = edges;
        _nodes = evaluator.UpFrom(edges.Select(Parent));
        List<Guid> children = [.. edges.Select(Child)];
        _moved = evaluator.Replica(_nodes, children);
        _real = evaluator.Replica(_nodes, children);
    }

    /// <summary>Of the last event that stands behind it.</summary>
    public long Position => _real.Position;

    /// <summary>The nodes that would have another status, lowest first.</summary>
    public IReadOnlyList<SimulatedChange> Run()
    {
        var start = _real.Now;
        var before = _nodes.ToDictionary(id => id, id => _real.Explain(id)!);
        var taken = new Dictionary<Guid, DateTimeOffset>();
        foreach (var transition in Rehang())
            taken[transition.NodeId] = transition.At;
        Simulation.Settle(_real, []);
        return
        [
            .. _nodes
                .Select(id => (Before: before[id], After: _moved.Explain(id)!))
                .Where(n =>
                    n.After.Status != n.Before.Status && n.After.Status != _real.Explain(n.Before.NodeId)!.Status
                )
                .Select(n => Change(n.Before, n.After, taken.GetValueOrDefault(n.Before.NodeId, start) - start)),
        ];
    }

    private List<NodeTransitioned> Rehang()
    {
        var (now, position) = (_moved.Now, _moved.Position);
        var transitions = new List<NodeTransitioned>();
        foreach (var edge in _edges)
            transitions.AddRange(_moved.Fold(position, now, edge));
        transitions.AddRange(Simulation.Settle(_moved, []));
        return transitions;
    }

    private static SimulatedChange Change(NodeExplanation before, NodeExplanation after, TimeSpan late) =>
        new(
            before.NodeId,
            before.Name,
            before.Status,
            after.Status,
            after.Sentence,
            false,
            late > TimeSpan.Zero ? late : TimeSpan.Zero
        );

    private static Guid Parent(IEvent edge) =>
        edge is ChildLinked linked ? linked.ParentId : ((ChildUnlinked)edge).ParentId;

    private static Guid Child(IEvent edge) =>
        edge is ChildLinked linked ? linked.ChildId : ((ChildUnlinked)edge).ChildId;
}
