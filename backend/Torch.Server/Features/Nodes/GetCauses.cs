using Npgsql;
using Torch.Contracts;
using Torch.Domain.Evaluation;
using Torch.Server.Auth;
using Torch.Server.Evaluating;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes;

internal static class GetCauses
{
    private const int Most = 1_000;

    /// <summary>Where a status comes from, as a graph.</summary>
    /// <remarks>From the roots over the node down to the root causes, with the edges that decided marked.</remarks>
    /// <param name="asOf">RFC 3339: as Torch showed it then.</param>
    /// <param name="atPosition">The same after the events up to a position.</param>
    /// <param name="most">How many nodes are told at most: 1 to 1,000; 500 where absent.</param>
    public static async Task<CausesView> Handle(
        Guid id,
        string? asOf,
        string? atPosition,
        int? most,
        NpgsqlDataSource db,
        IEvaluation evaluation,
        PastReading past,
        PastStates states,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        sight.Require(id);
        var limit = most ?? 500;
        if (limit is < 1 or > Most)
            throw new FaultException(Fault.Invalid("most", $"must be from 1 to {Most}"));
        if (await past.PositionAsync(asOf, atPosition, cancellationToken) is { } then)
        {
            var state = await states.AtAsync(then, cancellationToken);
            return View(
                id,
                state.Read(e => e.CausesOf(id, limit)) ?? throw new FaultException(Fault.NotFound("node")),
                then,
                sight
            );
        }
        var position = evaluation.Position;
        if (evaluation.CausesOf(id, limit) is { } known)
            return View(id, known, position, sight);
        await NodeReading.OneAsync(db, id, cancellationToken);
        throw new FaultException(Explain.NotCaughtUp);
    }

    private static CausesView View(Guid id, CauseGraph graph, long position, Sight sight) =>
        new(
            id,
            [
                .. graph
                    .Nodes.Where(n => sight.Shows(n.Id))
                    .Select(n => new CauseNodeView(
                        n.Id,
                        n.Name,
                        n.CheckId,
                        n.Status,
                        n.Since,
                        n.Sentence,
                        n.OtherProblems,
                        n.OtherCalm,
                        n.IsCause ? true : null
                    )),
            ],
            [
                .. graph
                    .Edges.Where(e => sight.Shows(e.ParentId) && sight.Shows(e.ChildId))
                    .Select(e => new CauseEdgeView(e.ParentId, e.ChildId, e.Weight, e.Decides ? true : null)),
            ],
            position,
            graph.IsCut ? true : null
        );
}
