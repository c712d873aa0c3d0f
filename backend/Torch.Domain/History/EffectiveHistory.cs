using Torch.Domain.Nodes;

namespace Torch.Domain.History;

/// <summary>A node's changes of status in the order of time, as far as they are known: its transitions, with what late observations made of them.</summary>
public sealed class EffectiveHistory
{
    private readonly SortedDictionary<DateTimeOffset, StatusChange> _changes = [];

    /// <summary>Oldest first; at most one at a moment.</summary>
    public IReadOnlyCollection<StatusChange> Changes => _changes.Values;

    /// <summary>Takes a transition or a revision of this node, in the order of the log.</summary>
    public void Fold(IEvent @event)
    {
        switch (@event)
        {
            case NodeTransitioned e:
                Add(new(e.At, e.From, e.To));
                break;
            case HistoryRevised e:
                foreach (var change in e.Replaced)
                    _changes.Remove(change.At);
                foreach (var change in e.Instead)
                    Add(new(change.At, change.From, change.To));
                break;
        }
    }

    // Several at one moment are one, and one that leads back is none.
    private void Add(StatusChange change)
    {
        var from = _changes.TryGetValue(change.At, out var earlier) ? earlier.From : change.From;
        if (from == change.To)
            _changes.Remove(change.At);
        else
            _changes[change.At] = change with { From = from };
    }
}
