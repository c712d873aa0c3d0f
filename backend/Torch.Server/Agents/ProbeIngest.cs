using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Agents;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Telemetry;
using ProbeCompleted = Torch.Contracts.ProbeCompleted;

namespace Torch.Server.Agents;

/// <summary>
/// Takes probes' results to the log. A delivery is one member of a commit together with its spool's move, so that each result is in
/// the log exactly once however often the delivery is repeated.
/// </summary>
internal sealed class ProbeIngest(IEventLog log, FeedReports feeds, OwnMeter meter, ILogger<ProbeIngest> logger)
{
    /// <summary>Returns when all are durable, in the order given.</summary>
    /// <returns>The offset at which the spool stands.</returns>
    public async Task<long> AppendAsync(
        ResultDelivery delivery,
        Deliverer agent,
        Sifted sifted,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await AppendAsync(delivery, agent, sifted, static result => result, cancellationToken);
        }
        catch (AppendRejectedException exception)
        {
            // The agent would bring it for ever; its verdicts count, its texts do not.
            logger.LogError(exception, "Results of {Agent} cannot be stored whole", agent.Name);
            return await AppendAsync(delivery, agent, sifted, Bare, cancellationToken);
        }
    }

    private async Task<long> AppendAsync(
        ResultDelivery delivery,
        Deliverer agent,
        Sifted sifted,
        Func<ProbeCompleted, ProbeCompleted> shape,
        CancellationToken cancellationToken
    )
    {
        StreamAppend[] streams =
        [
            .. sifted.Taken.Select(taken => Event(shape(taken.Result), agent, taken.IsStale)),
            .. await feeds.OfAsync([.. sifted.Taken.Where(t => !t.IsStale).Select(t => t.Result)], cancellationToken),
            .. delivery.Gaps.Select(gap => Event(gap, agent)),
            .. sifted.Refused.Select(refused => Event(refused.Key, refused.Value, agent)),
        ];
        if (streams.Length == 0)
            return delivery.To;
        var request = new AppendRequest
        {
            Streams = streams,
            Spool = new SpoolMove(delivery.SpoolId, delivery.From, delivery.To),
        };
        switch (await log.AppendAsync(request, cancellationToken))
        {
            case AppendOutcome.Appended:
                meter.Results.Add(sifted.Taken.Count);
                return delivery.To;
            case AppendOutcome.SpoolMoved moved:
                return moved.Actual;
            case var outcome:
                throw new InvalidOperationException($"a delivery has no {outcome}");
        }
    }

    private static StreamAppend Event(ProbeCompleted result, Deliverer agent, bool isStale) =>
        new(
            Log.Telemetry,
            result.CheckId,
            [EventCodec.Encode(ProbeMapping.Event(result, agent.Place, isStale), result.Id)],
            "check"
        );

    private static StreamAppend Event(ResultGap gap, Deliverer agent) =>
        Journal(
            StreamIds.GapsOf(gap.CheckId ?? agent.AgentId),
            "gaps",
            new ResultsLost(
                gap.CheckId,
                agent.AgentId,
                gap.From.ToUniversalTime(),
                gap.To.ToUniversalTime(),
                gap.Results,
                gap.Reason,
                agent.Place
            )
        );

    private static StreamAppend Event(string reason, long results, Deliverer agent) =>
        Journal(
            StreamIds.SessionsOf(agent.AgentId),
            "agent_sessions",
            new ResultsRefused(agent.AgentId, results, reason)
        );

    private static StreamAppend Journal(Guid stream, string type, IEvent @event) =>
        new(Log.Journal, stream, [EventCodec.Encode(@event, Guid.CreateVersion7())], type);

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
