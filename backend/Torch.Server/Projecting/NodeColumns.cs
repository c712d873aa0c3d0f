using Npgsql;
using Torch.Domain;
using Torch.Domain.Nodes;

namespace Torch.Server.Projecting;

/// <summary>Settings of a node that stand in a column of their own, in <c>torch.nodes</c> as in <c>torch.past_nodes</c>.</summary>
internal static class NodeColumns
{
    /// <summary>What an event sets; null where it sets none of them.</summary>
    public static (Guid NodeId, string Column, NpgsqlParameter Value)? Set(IEvent? @event) =>
        @event switch
        {
            NodeRenamed e => (e.NodeId, "name", Of.Text(e.Name)),
            NodeTagged e => (e.NodeId, "tags", Of.Texts(e.Tags)),
            NodeCheckChanged e => (e.NodeId, "check_id", Of.Id(e.CheckId)),
            NodeStalenessChanged e => (e.NodeId, "staleness", Of.Span(e.Staleness)),
            NodePaused e => (e.NodeId, "paused", Of.Flag(true)),
            NodeResumed e => (e.NodeId, "paused", Of.Flag(false)),
            _ => null,
        };
}
