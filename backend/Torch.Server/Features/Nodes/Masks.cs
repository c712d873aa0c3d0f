using Torch.Domain;
using Torch.Domain.Nodes;
using Torch.Domain.Statuses;
using Torch.Server.Evaluating;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes;

internal static class PutAcknowledgement
{
    /// <summary>Acknowledge a node's problem.</summary>
    /// <remarks>It marks the node, with who and why, until the status changes; it changes no status. Notices are muted.</remarks>
    public static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        AcknowledgeValidator validator,
        Commands commands,
        JournalStreams streams,
        IEvaluation evaluation,
        TimeProvider time
    )
    {
        var body = await http.ReadJsonAsync(validator);
        var (reason, until) = body.Value;
        return await commands.RunAsync(
            http,
            body.Bytes,
            _ =>
                MaskChange.DecideAsync(
                    id,
                    http,
                    streams,
                    node =>
                        node.State.Acknowledge(
                            reason,
                            until?.ToUniversalTime(),
                            HasProblem(evaluation, id),
                            MaskChange.Stands(evaluation, node),
                            time.GetUtcNow()
                        ),
                    reason
                )
        );
    }

    // Where the evaluator does not know the node yet, the benefit of the doubt.
    private static bool HasProblem(IEvaluation evaluation, Guid id) =>
        evaluation.Explain(id) is not { } why || IsProblem(why.Status) || IsProblem(why.Underneath?.Status);

    private static bool IsProblem(string? status) =>
        status is not (null or StatusCatalog.Up or StatusCatalog.Maintenance or StatusCatalog.Paused);
}

internal static class DeleteAcknowledgement
{
    /// <summary>Take an acknowledgement back.</summary>
    public static Task<IResult> Handle(
        Guid id,
        HttpContext http,
        Commands commands,
        JournalStreams streams,
        IEvaluation evaluation
    ) =>
        commands.RunAsync(
            http,
            [],
            _ =>
                MaskChange.DecideAsync(
                    id,
                    http,
                    streams,
                    node => node.State.WithdrawAcknowledgement(MaskChange.Stands(evaluation, node))
                )
        );
}

internal static class PutManualStatus
{
    /// <summary>Give a node a status by hand.</summary>
    /// <remarks>It shows it, and its parents count it, until it lapses or is taken back. Its rules go on beneath.</remarks>
    public static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        ManualStatusValidator validator,
        Commands commands,
        JournalStreams streams,
        Catalogue catalogue,
        TimeProvider time
    )
    {
        var body = await http.ReadJsonAsync(validator);
        var (status, reason, until) = body.Value;
        var statuses = (await catalogue.NowAsync(http.RequestAborted)).State;
        return await commands.RunAsync(
            http,
            body.Bytes,
            _ =>
                MaskChange.DecideAsync(
                    id,
                    http,
                    streams,
                    node => node.State.SetStatus(status, reason, until?.ToUniversalTime(), time.GetUtcNow(), statuses),
                    reason
                )
        );
    }
}

internal static class DeleteManualStatus
{
    /// <summary>Take a status back that was given by hand.</summary>
    public static Task<IResult> Handle(
        Guid id,
        HttpContext http,
        Commands commands,
        JournalStreams streams,
        TimeProvider time
    ) =>
        commands.RunAsync(
            http,
            [],
            _ => MaskChange.DecideAsync(id, http, streams, node => node.State.ClearStatus(time.GetUtcNow()))
        );
}

/// <summary>A change of one node's masks.</summary>
internal static class MaskChange
{
    public static async Task<Change> DecideAsync(
        Guid id,
        HttpContext http,
        JournalStreams streams,
        Func<Versioned<Node>, Decision> decide,
        string? reason = null
    )
    {
        var node = await streams.ExistingNodeAsync(http, id);
        var events = decide(node).EventsOrRefuse();
        return Change.Of(id, JournalStreams.OfNode(id, events, node.Version, EventHeaders.Of(http, reason)));
    }

    /// <summary>Whether the last acknowledgement has not been cleared since. Until the evaluator has seen it, it stands.</summary>
    public static bool Stands(IEvaluation evaluation, Versioned<Node> node) =>
        evaluation.Position < node.Position || evaluation.Explain(node.State.Id)?.Marks?.Acknowledged is not null;
}
