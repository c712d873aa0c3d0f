using Torch.Domain.Nodes;

namespace Torch.Domain.History;

/// <summary>A node's changes of status in the order of time, as far as they are known: its transitions, with what late observations made of them.</summary>
public sealed class EffectiveHistory
{
    private static readonly Why Unsaid = new("nothing", "", null, 0, [], [], 0);

    private readonly SortedDictionary<DateTimeOffset, StatusChange> _changes = [];

    // Positions of the events that brought them about, by their moments.
    private readonly Dictionary<DateTimeOffset, long> _causes = [];

    /// <summary>Oldest first; at most one at a moment.</summary>
    public IReadOnlyCollection<StatusChange> Changes => _changes.Values;

    /// <summary>The changes as an evaluator is given them that does not evaluate this node: each after its cause, so that at the moment of its creation a node is there before it has a status.</summary>
    public IEnumerable<EffectiveEvent> AsGiven(Guid nodeId) =>
        _changes.Values.Select(c => new EffectiveEvent(
            _causes[c.At],
            c.At,
            new NodeTransitioned(nodeId, c.From, c.To, c.At, Unsaid)
        ));

    /// <summary>Takes a transition or a revision of this node, in the order of the log.</summary>
    public void Fold(IEvent @event)
    {
        switch (@event)
        {
            case NodeTransitioned e:
                Add(e);
                break;
            case HistoryRevised e:
                foreach (var change in e.Replaced)
                    _changes.Remove(change.At);
                foreach (var change in e.Instead)
                    Add(change);
                break;
        }
    }

    // Several at one moment are one, and one that leads back is none.
    private void Add(NodeTransitioned change)
    {
        var from = _changes.TryGetValue(change.At, out var earlier) ? earlier.From : change.From;
        _causes[change.At] = change.Why.Position;
        if (from == change.To)
            _changes.Remove(change.At);
        else
            _changes[change.At] = new(change.At, from, change.To);
    }
}
