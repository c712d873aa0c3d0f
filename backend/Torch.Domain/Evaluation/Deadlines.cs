namespace Torch.Domain.Evaluation;

/// <summary>
/// The next moment of each node, ordered by (moment, node id). A deadline that moves later stays where it is and is put right when it
/// comes up, so that a steady stream of observations costs nothing here.
/// </summary>
internal sealed class Deadlines
{
    private readonly PriorityQueue<NodeState, (long Ticks, Guid NodeId)> _queue = new();

    /// <summary>The earliest deadline, or null.</summary>
    public DateTimeOffset? Next => Settle() ? new DateTimeOffset(_queue.Peek().DueTicks, TimeSpan.Zero) : null;

    /// <summary>Whose turn is next; null where there is no deadline.</summary>
    public NodeState? First => Settle() ? _queue.Peek() : null;

    public void Set(NodeState node, long dueTicks)
    {
        node.DueTicks = dueTicks;
        if (dueTicks < node.QueuedTicks)
            Put(node, dueTicks);
    }

    /// <summary>Takes the earliest node out. There must be one.</summary>
    public NodeState Take()
    {
        var node = _queue.Dequeue();
        node.QueuedTicks = long.MaxValue;
        return node;
    }

    // Brings a true deadline to the front. False when there is none.
    private bool Settle()
    {
        while (_queue.TryPeek(out var node, out var priority))
        {
            if (!node.Removed && priority.Ticks == node.QueuedTicks && priority.Ticks == node.DueTicks)
                return true;
            _queue.Dequeue();
            if (node.Removed || priority.Ticks != node.QueuedTicks)
                continue;
            node.QueuedTicks = long.MaxValue;
            if (node.DueTicks != long.MaxValue)
                Put(node, node.DueTicks);
        }
        return false;
    }

    private void Put(NodeState node, long ticks)
    {
        node.QueuedTicks = ticks;
        _queue.Enqueue(node, (ticks, node.Id));
    }
}
