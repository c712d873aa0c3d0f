using System.Text.Json;
using Npgsql;
using Torch.Domain.Nodes;
using Torch.Server.Events;

namespace Torch.Server.Features.Slos;

/// <summary>
/// What was below a node at a position, from the journal alone: it is kept for ever, so that reports can be made again however long ago
/// the observations of that time were dropped.
/// </summary>
internal sealed class StructureReading(NpgsqlDataSource db)
{
    private const string Changes = """
        select e.type, e.data from torch.changes c join journal.mt_events e on e.seq_id = c.position
        where c.position <= $1 and c.type in
            ('node_created', 'node_renamed', 'node_check_changed', 'node_deleted', 'child_linked', 'child_unlinked')
        order by c.position
        """;

    public async Task<IReadOnlyList<Member>> BelowAsync(Guid root, long position, CancellationToken ct)
    {
        var fold = new Fold();
        await db.EachAsync(
            Changes,
            [position],
            r => fold.Take(EventCodec.Decode(r.GetString(0), r.GetFieldValue<byte[]>(1)) ?? throw new JsonException()),
            ct
        );
        return fold.Below(root);
    }

    private sealed class Fold
    {
        private readonly Dictionary<Guid, Member> _nodes = [];
        private readonly Dictionary<Guid, HashSet<Guid>> _children = [];

        public void Take(Domain.IEvent @event)
        {
            switch (@event)
            {
                case NodeCreated e:
                    _nodes[e.NodeId] = new(e.NodeId, e.Name, e.CheckId);
                    break;
                case NodeRenamed e when _nodes.TryGetValue(e.NodeId, out var node):
                    _nodes[e.NodeId] = node with { Name = e.Name };
                    break;
                case NodeCheckChanged e when _nodes.TryGetValue(e.NodeId, out var node):
                    _nodes[e.NodeId] = node with { CheckId = e.CheckId };
                    break;
                case NodeDeleted e:
                    _nodes.Remove(e.NodeId);
                    break;
                case ChildLinked e:
                    Children(e.ParentId).Add(e.ChildId);
                    break;
                case ChildUnlinked e:
                    Children(e.ParentId).Remove(e.ChildId);
                    break;
            }
        }

        public IReadOnlyList<Member> Below(Guid root)
        {
            var found = new Dictionary<Guid, Member>();
            var open = new Stack<Guid>([root]);
            while (open.TryPop(out var id))
                if (_nodes.TryGetValue(id, out var node) && found.TryAdd(id, node))
                    foreach (var child in Children(id))
                        open.Push(child);
            return [.. found.Values];
        }

        private HashSet<Guid> Children(Guid id) =>
            _children.TryGetValue(id, out var children) ? children : _children[id] = [];
    }
}

/// <summary>A node of a subtree.</summary>
internal sealed record Member(Guid Id, string Name, Guid? CheckId);
