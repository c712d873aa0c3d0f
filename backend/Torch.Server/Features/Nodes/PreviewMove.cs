using FluentValidation;
using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Evaluation;
using Torch.Domain.Nodes;
using Torch.Server.Evaluating;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes;

internal static class PreviewMove
{
    /// <summary>What would change if nodes stood elsewhere.</summary>
    /// <remarks>
    /// The statuses of the nodes above both places, as they would be; nothing is written. Refused where the move itself would be: it closes
    /// a cycle, or the parent is a leaf.
    /// </remarks>
    public static async Task<MovePreview> Handle(
        HttpContext http,
        PreviewMovesValidator validator,
        Structure structure,
        IEvaluation evaluation
    )
    {
        var (nodes, parentId, keep) = (await http.ReadJsonAsync(validator)).Value;
        var edges = new List<IEvent>();
        foreach (var node in nodes)
        {
            var decided = await structure.DecideAsync(
                (topology, name) => Decide(topology, node, parentId, keep == true, name),
                http.RequestAborted
            );
            edges.AddRange(decided.State);
        }
        var simulation = evaluation.Rehang(edges);
        return new(simulation.Position, [.. simulation.Run().Select(View)]);
    }

    // All of them go to one place, so that no two of them can close a cycle together: each may be decided alone.
    private static Decision Decide(
        Topology topology,
        MovedNode node,
        Guid? parentId,
        bool keep,
        Func<Guid, string> name
    ) =>
        keep && parentId is { } further
            ? topology.Link(further, node.NodeId, nameOf: name)
            : topology.Move(node.NodeId, node.FromParentId, parentId, name);

    private static SimulatedChangeView View(SimulatedChange change) =>
        new(
            change.NodeId,
            change.Name,
            change.From,
            change.To,
            change.Sentence,
            After: change.After > TimeSpan.Zero ? change.After : null
        );
}

/// <summary>What may be looked at before it is done.</summary>
internal sealed class PreviewMovesValidator : AbstractValidator<PreviewMoves>
{
    private const int Most = 200;

    public PreviewMovesValidator()
    {
        RuleFor(p => p.Nodes)
            .Must(nodes => nodes.Count is >= 1 and <= Most)
            .WithMessage($"must name 1 to {Most} nodes")
            .Must(nodes => nodes.Where(n => n is not null).DistinctBy(n => n.NodeId).Count() == nodes.Count)
            .WithMessage("must name each node once");
        RuleForEach(p => p.Nodes).Must(n => n is not null).WithMessage("expected a node, found null");
        RuleFor(p => p.ParentId)
            .Must((p, parent) => parent is not null || p.Keep != true)
            .WithMessage("must be given where the nodes stay where they are");
    }
}
