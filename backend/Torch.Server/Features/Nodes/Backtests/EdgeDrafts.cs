using System.Globalization;
using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Backtests;
using Torch.Domain.Nodes;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes.Backtests;

/// <summary>Drafted edges, decided on a copy of the structure as it is now by what decides the change itself.</summary>
internal static class EdgeDrafts
{
    /// <exception cref="FaultException">One of them is refused; it is pointed at.</exception>
    public static async Task<DraftedEdges> DecideAsync(
        IReadOnlyList<EdgeDraft> drafts,
        Structure structure,
        CancellationToken ct
    )
    {
        if (drafts.Count == 0)
            return DraftedEdges.None;
        var at = 0;
        try
        {
            var edges = (
                await structure.DecideAsync((topology, name) => Decide(topology, drafts, name, out at), ct)
            ).State;
            return new([.. edges.OfType<ChildLinked>()], [.. edges.OfType<ChildUnlinked>()]);
        }
        catch (FaultException refused)
        {
            throw new FaultException(refused.Fault.Below(string.Create(CultureInfo.InvariantCulture, $"/edges/{at}")));
        }
    }

    // Those that go are gone first, so that the order in which a node leaves and arrives does not matter.
    private static Decision Decide(
        Topology topology,
        IReadOnlyList<EdgeDraft> drafts,
        Func<Guid, string> name,
        out int at
    )
    {
        var tried = topology.Copy();
        var edges = new List<IEvent>();
        at = 0;
        foreach (var (i, draft) in drafts.Index().OrderByDescending(d => d.Item.Remove == true))
        {
            at = i;
            var decision = Decide(tried, draft, name);
            if (decision.Refusal is not null)
                return decision;
            foreach (var @event in decision.Events)
                tried.Fold(@event);
            edges.Add(Edge(tried, draft));
        }
        return Decision.Accept(edges);
    }

    private static Decision Decide(Topology topology, EdgeDraft draft, Func<Guid, string> name) =>
        draft.Remove == true
            ? topology.Unlink(draft.ParentId, draft.NodeId, name)
            : topology.Link(draft.ParentId, draft.NodeId, draft.Weight, draft.Required, draft.Contribution, name);

    // Also where it is so already: it may have been otherwise in the window.
    private static IEvent Edge(Topology topology, EdgeDraft draft) =>
        topology.Parents(draft.NodeId).FirstOrDefault(e => e.ParentId == draft.ParentId) is { } edge
            ? new ChildLinked(edge.ParentId, edge.ChildId, edge.Weight, edge.Required, edge.Contribution)
            : new ChildUnlinked(draft.ParentId, draft.NodeId);
}
