using System.Globalization;
using Npgsql;
using Torch.Domain;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Benchmarks.Flips;

/// <summary>Nodes on levels below one root, written straight into the log of a running server, which follows it.</summary>
/// <param name="widths">Nodes per level; the last ones are leaves.</param>
/// <param name="sourceOf">What a leaf shows.</param>
internal sealed class Hierarchy(int[] widths, Func<int, string> sourceOf)
{
    private const int PerCommit = 2_000;
    private readonly Guid[][] _ids =
    [
        .. widths.Select(w => Enumerable.Range(0, w).Select(_ => Guid.CreateVersion7()).ToArray()),
    ];

    public Guid Root => _ids[0][0];

    public int Nodes => widths.Sum();

    /// <summary>Appends it all and answers the last position.</summary>
    public async Task<long> WriteAsync(NpgsqlDataSource database)
    {
        await using var log = new EventLog(database);
        var position = 0L;
        foreach (var nodes in Everything().Chunk(PerCommit))
        {
            var structure = nodes.SelectMany(n => n.Structure).Select(Data).ToList();
            var request = new AppendRequest
            {
                Streams =
                [
                    .. nodes.Select(n => new StreamAppend(Log.Journal, n.Created.NodeId, [Data(n.Created)], "node")),
                    new(Log.Journal, WellKnown.Topology, structure, "topology"),
                ],
            };
            if (await log.AppendAsync(request, CancellationToken.None) is not AppendOutcome.Appended appended)
                throw new InvalidOperationException("the log refused the hierarchy");
            position = appended.Position;
        }
        return position;
    }

    private static EventData Data(IEvent @event) => EventCodec.Encode(@event, Guid.CreateVersion7());

    private IEnumerable<(NodeCreated Created, IEvent[] Structure)> Everything()
    {
        for (var level = 0; level < widths.Length; level++)
        for (var i = 0; i < widths[level]; i++)
        {
            var (id, isLeaf) = (_ids[level][i], level == widths.Length - 1);
            var name = string.Create(CultureInfo.InvariantCulture, $"node {level}/{i}");
            var added = new NodeAdded(id, isLeaf);
            yield return (
                new(id, name, isLeaf ? CheckIds.OfSource(sourceOf(i)) : null, []),
                level == 0
                    ? [added]
                    : [added, new ChildLinked(_ids[level - 1][i * widths[level - 1] / widths[level]], id)]
            );
        }
    }
}
