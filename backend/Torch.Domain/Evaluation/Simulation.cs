using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>A node that would have another status.</summary>
/// <param name="Sentence">Why.</param>
/// <param name="IsAssumed">It was assumed, and does not follow.</param>
/// <param name="After">How long after the assumption; zero for at once.</param>
public sealed record SimulatedChange(
    Guid NodeId,
    string Name,
    string From,
    string To,
    string Sentence,
    bool IsAssumed,
    TimeSpan After
);

/// <summary>
/// What if this were down? A part of the tree from assumed nodes up, evaluated once with the assumptions and once without. Nothing of it
/// reaches the evaluator that it was taken from. Not safe for several threads.
/// </summary>
public sealed class Simulation
{
    /// <summary>How far time is let go on, so that durations come to their end.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromHours(1);

    private const int MostDeadlines = 10_000;

    private readonly StatusCatalog _statuses;
    private readonly IReadOnlyDictionary<Guid, string> _assumed;
    private readonly IReadOnlyCollection<Guid> _nodes;
    private readonly Evaluator _simulated;
    private readonly Evaluator _real;

    /// <param name="top">What is looked at: it and the nodes between it and the assumed ones are evaluated.</param>
    /// <param name="assumed">Statuses by node. Where one is not known, or a node does not stand below, it must not be run.</param>
    public Simulation(Evaluator evaluator, Guid top, IReadOnlyDictionary<Guid, string> assumed)
    {
        (_statuses, _assumed) = (evaluator.Statuses, assumed);
        _nodes = evaluator.UpTo(top, assumed.Keys);
        var evaluated = _nodes.Where(id => !assumed.ContainsKey(id)).ToList();
        _simulated = evaluator.Replica(evaluated, [.. assumed.Keys]);
        _real = evaluator.Replica(evaluated, [.. assumed.Keys]);
    }

    /// <summary>Of the last event that stands behind it.</summary>
    public long Position => _real.Position;

    /// <summary>Why it cannot be run; null where it can.</summary>
    public Refusal? Refusal
    {
        get
        {
            if (_assumed.Keys.Any(id => !_nodes.Contains(id)))
                return new(
                    "not_below",
                    $"There is no node {_assumed.Keys.First(id => !_nodes.Contains(id))} at or below the one that is looked at."
                );
            return _assumed.Values.FirstOrDefault(s => _statuses.Find(s) is null) is { } unknown
                ? new(
                    "unknown_status",
                    $"There is no status {unknown}; there are {string.Join(", ", _statuses.All.Select(s => s.Name))}."
                )
                : null;
        }
    }

    /// <summary>The nodes that would have another status, the assumed ones included.</summary>
    public IReadOnlyList<SimulatedChange> Run()
    {
        var start = _real.Now;
        var before = _nodes.ToDictionary(id => id, id => _real.Explain(id)!);
        var taken = new Dictionary<Guid, DateTimeOffset>();
        foreach (var transition in Settle(_simulated, [.. _assumed.Keys.Select(id => Assume(before[id], start))]))
            taken[transition.NodeId] = transition.At;
        Settle(_real, []);
        return
        [
            .. _nodes
                .Where(id => Status(_simulated, id) != before[id].Status)
                .Where(id => _assumed.ContainsKey(id) || Status(_simulated, id) != Status(_real, id))
                .Select(id => Change(before[id], taken.GetValueOrDefault(id, start) - start)),
        ];
    }

    internal static List<NodeTransitioned> Settle(Evaluator evaluator, IReadOnlyList<NodeTransitioned> assumed)
    {
        var (now, position) = (evaluator.Now, evaluator.Position);
        var transitions = evaluator.Fold(position, now, new ClockTicked(), assumed).ToList();
        for (var i = 0; i < MostDeadlines && evaluator.NextDeadline is { } due && due <= now + Horizon; i++)
            transitions.AddRange(evaluator.Fold(position, due, new ClockTicked()));
        return transitions;
    }

    private NodeTransitioned Assume(NodeExplanation node, DateTimeOffset at)
    {
        var status = _assumed[node.NodeId];
        var why = new Why("mask", $"{node.Name} is assumed to be {status}.", null, 0, [], [], Position);
        return new(node.NodeId, node.Status, status, at, why);
    }

    private SimulatedChange Change(NodeExplanation before, TimeSpan after)
    {
        var then = _simulated.Explain(before.NodeId)!;
        return new(
            before.NodeId,
            before.Name,
            before.Status,
            then.Status,
            then.Sentence,
            _assumed.ContainsKey(before.NodeId),
            after > TimeSpan.Zero ? after : TimeSpan.Zero
        );
    }

    private static string Status(Evaluator evaluator, Guid nodeId) => evaluator.Explain(nodeId)!.Status;
}
