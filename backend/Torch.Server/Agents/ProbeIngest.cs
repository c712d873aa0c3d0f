using Torch.Contracts;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Agents;

/// <summary>
/// Takes probes' results to the log. A delivery is one member of a commit together with its spool's move, so that each result is in
/// the log exactly once however often the delivery is repeated.
/// </summary>
internal sealed class ProbeIngest(IEventLog log, ILogger<ProbeIngest> logger)
{
    /// <summary>Returns when all are durable, in the order given.</summary>
    /// <returns>The offset at which the spool stands.</returns>
    public async Task<long> AppendAsync(ResultDelivery delivery, CancellationToken cancellationToken)
    {
        foreach (var gap in delivery.Gaps)
            logger.LogWarning(
                "{Results} results of check {Check} are lost: {Reason}",
                gap.Results,
                gap.CheckId,
                gap.Reason
            );
        // The log moves a spool with events only: gaps alone are known now, and the next results bring the move.
        if (delivery.Results.Count == 0)
            return delivery.To;
        try
        {
            return await AppendAsync(delivery, static result => result, cancellationToken);
        }
        catch (AppendRejectedException exception)
        {
            // The agent would bring it for ever; its verdicts count, its texts do not.
            logger.LogError(exception, "Results of {Agent} cannot be stored whole", delivery.Results[0].Agent);
            return await AppendAsync(delivery, Bare, cancellationToken);
        }
    }

    private async Task<long> AppendAsync(
        ResultDelivery delivery,
        Func<ProbeCompleted, ProbeCompleted> shape,
        CancellationToken cancellationToken
    )
    {
        var request = new AppendRequest
        {
            Streams = [.. delivery.Results.Select(result => Event(shape(result)))],
            Spool = new SpoolMove(delivery.SpoolId, delivery.From, delivery.To),
        };
        return await log.AppendAsync(request, cancellationToken) switch
        {
            AppendOutcome.Appended => delivery.To,
            AppendOutcome.SpoolMoved moved => moved.Actual,
            var outcome => throw new InvalidOperationException($"a delivery has no {outcome}"),
        };
    }

    private static StreamAppend Event(ProbeCompleted result) =>
        new(Log.Telemetry, result.CheckId, [EventCodec.Encode(ProbeMapping.Event(result), result.Id)], "check");

    private static ProbeCompleted Bare(ProbeCompleted result) =>
        result with
        {
            Message = "What the target sent cannot be stored.",
            Headers = null,
            Text = null,
            Certificate = null,
            Measures = null,
            Texts = null,
        };
}
