using Torch.Domain;
using Torch.Domain.History;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Evaluating.Late;

/// <summary>Turns what came late into effective history: finds what it changes, and writes that beside what was thought before.</summary>
internal sealed class Reviser(Evaluation evaluation, LateReading reading, EventLog log, ILogger<Reviser> logger)
{
    /// <summary>One round over what has waited longest.</summary>
    /// <returns>Where in the log the newest of what comes next stands; null where nothing waits.</returns>
    public async Task<long?> ReviseAsync(CancellationToken cancellationToken)
    {
        if (evaluation.LateWork() is not { } work)
            return null;
        var input = await reading.ReadAsync(work, cancellationToken);
        var (revised, folded) = Revision.Of(
            input.Before,
            work.Paths,
            work.Late,
            input.Events,
            input.Written,
            work.Until,
            work.Through,
            work.Running
        );
        if (await log.AppendAsync(Request(revised, folded), cancellationToken) is AppendOutcome.Appended appended)
            await evaluation.WaitForAsync(appended.Position, cancellationToken);
        if (revised.Count > 0)
            logger.LogInformation(
                "Late observations of {Checks} checks, from {From:O} on, changed the history of {Nodes} nodes",
                work.Late.Count,
                work.From,
                revised.Count
            );
        return work.Next;
    }

    /// <summary>Makes the setting part of the log, so that a replay folds what was folded.</summary>
    public async Task KeepWindowAsync(TimeSpan window, CancellationToken cancellationToken)
    {
        if (evaluation.LateWindow == window)
            return;
        var changed = Stream(Log.Telemetry, WellKnown.Clock, new LateWindowChanged(window), "clock");
        await log.AppendAsync(new AppendRequest { Streams = [changed] }, cancellationToken);
        logger.LogInformation("Observations may come {Window} late from now on", window);
    }

    private static AppendRequest Request(IReadOnlyList<HistoryRevised> revised, LateDataFolded folded) =>
        new()
        {
            Streams =
            [
                .. revised.Select(r => Stream(Log.Journal, StreamIds.StatusOf(r.NodeId), r, "node_status")),
                Stream(Log.Telemetry, WellKnown.Clock, folded, "clock"),
            ],
        };

    private static StreamAppend Stream(Log log, Guid id, IEvent @event, string kind) =>
        new(log, id, [EventCodec.Encode(@event, Guid.CreateVersion7())], kind);
}
