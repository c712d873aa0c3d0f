using System.Collections.Frozen;
using Npgsql;

namespace Torch.Server.Live;

/// <summary>Names, checks and parents of all nodes as the read tables hold them: what a live event needs beside the log's event.</summary>
internal sealed class Hierarchy
{
    private readonly record struct Entry(string Name, Guid? CheckId);

    public static Hierarchy Empty { get; } = new([], []);

    private readonly FrozenDictionary<Guid, Entry> _nodes;
    private readonly ILookup<Guid, Guid> _parents;
    private readonly ILookup<Guid, Guid> _nodesOfCheck;

    private Hierarchy(IReadOnlyList<(Guid Id, Entry Entry)> nodes, IReadOnlyList<(Guid Child, Guid Parent)> edges)
    {
        _nodes = nodes.ToFrozenDictionary(n => n.Id, n => n.Entry);
        _parents = edges.ToLookup(e => e.Child, e => e.Parent);
        _nodesOfCheck = nodes.Where(n => n.Entry.CheckId is not null).ToLookup(n => n.Entry.CheckId!.Value, n => n.Id);
    }

    public static async Task<Hierarchy> LoadAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select id, name, check_id from torch.nodes"),
                new("select child_id, parent_id from torch.edges order by child_id, ordinal, parent_id"),
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        var nodes = new List<(Guid, Entry)>();
        while (await rows.ReadAsync(cancellationToken))
            nodes.Add((rows.GetGuid(0), new Entry(rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetGuid(2))));
        await rows.NextResultAsync(cancellationToken);
        var edges = new List<(Guid, Guid)>();
        while (await rows.ReadAsync(cancellationToken))
            edges.Add((rows.GetGuid(0), rows.GetGuid(1)));
        return new Hierarchy(nodes, edges);
    }

    /// <summary>The name of a node, empty for one that is gone.</summary>
    public string NameOf(Guid nodeId) => _nodes.TryGetValue(nodeId, out var node) ? node.Name : "";

    public IReadOnlyList<Guid> ParentsOf(Guid nodeId) => [.. _parents[nodeId]];

    public IEnumerable<Guid> NodesOf(Guid checkId) => _nodesOfCheck[checkId];

    /// <summary>Adds a node and all nodes above it.</summary>
    public void AddAbove(Guid nodeId, ISet<Guid> above)
    {
        var next = new Stack<Guid>([nodeId]);
        while (next.TryPop(out var id))
            if (above.Add(id))
                foreach (var parent in _parents[id])
                    next.Push(parent);
    }
}
