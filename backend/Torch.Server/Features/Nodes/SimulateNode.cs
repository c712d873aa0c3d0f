using FluentValidation;
using Torch.Contracts;
using Torch.Domain.Evaluation;
using Torch.Server.Evaluating;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes;

internal static class SimulateNode
{
    /// <summary>What if this were down?</summary>
    /// <remarks>The tree under a node as it would be with assumed statuses. Nothing is written, and nobody else sees it.</remarks>
    public static async Task<SimulationView> Handle(
        Guid id,
        HttpContext http,
        SimulateValidator validator,
        JournalStreams streams,
        IEvaluation evaluation
    )
    {
        var body = await http.ReadJsonAsync(validator);
        if (!(await streams.NodeAsync(id, http.RequestAborted)).State.Exists)
            throw new FaultException(Fault.NotFound("node"));
        var simulation = evaluation.Assume(id, body.Value.Assume.ToDictionary(a => a.NodeId, a => a.Status));
        if (simulation.Refusal is { } refusal)
            throw new FaultException(Refusals.ToFault(refusal));
        return new SimulationView(true, simulation.Position, [.. simulation.Run().Select(View)]);
    }

    private static SimulatedChangeView View(SimulatedChange change) =>
        new(
            change.NodeId,
            change.Name,
            change.From,
            change.To,
            change.Sentence,
            change.IsAssumed ? true : null,
            change.After > TimeSpan.Zero ? change.After : null
        );
}

/// <summary>What may be assumed.</summary>
internal sealed class SimulateValidator : AbstractValidator<Simulate>
{
    private const int Most = 100;

    public SimulateValidator()
    {
        RuleFor(s => s.Assume)
            .Must(assume => assume.Count is >= 1 and <= Most)
            .WithMessage($"must name 1 to {Most} nodes")
            .Must(assume => assume.Where(a => a is not null).DistinctBy(a => a.NodeId).Count() == assume.Count)
            .WithMessage("must name each node once");
        RuleForEach(s => s.Assume).Must(a => a is not null).WithMessage("expected a node and a status, found null");
    }
}
