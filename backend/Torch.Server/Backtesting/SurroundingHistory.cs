using System.Runtime.InteropServices;
using Torch.Domain.Nodes;

namespace Torch.Server.Backtesting;

/// <summary>What nodes around a replay were, moment by moment: kept small, since there may be a million of them.</summary>
/// <param name="nodes">Those that it speaks of.</param>
/// <param name="statuses">The names behind the numbers.</param>
internal sealed class SurroundingHistory(Guid[] nodes, string[] statuses)
{
    private static readonly Why Unsaid = new("nothing", "", null, 0, [], [], 0);

    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    /// <summary>A transition as it was recorded. Why is not said.</summary>
    public NodeTransitioned this[int index] =>
        new(
            nodes[_entries[index].Node],
            statuses[_entries[index].From],
            statuses[_entries[index].To],
            AtOf(index),
            Unsaid
        );

    public DateTimeOffset AtOf(int index) => new(_entries[index].Ticks, TimeSpan.Zero);

    /// <param name="node">Its number among the nodes.</param>
    /// <param name="from">Its number among the statuses, as <paramref name="to"/>.</param>
    public void Add(int node, DateTimeOffset at, int from, int to) =>
        _entries.Add(new(at.UtcTicks, node, _entries.Count, (short)from, (short)to));

    /// <summary>Puts them in the order of time. Of one moment and node they stand as they came.</summary>
    public void Sort() =>
        _entries.Sort(
            (a, b) =>
                a.Ticks != b.Ticks ? a.Ticks.CompareTo(b.Ticks)
                : a.Node != b.Node ? a.Node.CompareTo(b.Node)
                : a.Number.CompareTo(b.Number)
        );

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(long Ticks, int Node, int Number, short From, short To);
}
