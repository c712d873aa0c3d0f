using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Evaluation;
using Torch.Domain.History;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Evaluating.Late;

/// <summary>What a revision starts from and what happened since.</summary>
/// <param name="Before">Evaluates the paths, in a state older than everything that came late.</param>
/// <param name="Written">The paths' effective histories since then, as the log has them.</param>
internal sealed record LateInput(
    Evaluator Before,
    IReadOnlyList<EffectiveEvent> Events,
    IReadOnlyDictionary<Guid, EffectiveHistory> Written
);

/// <summary>Reads what a revision folds: the journal since a snapshot that is old enough, and the telemetry of the checks concerned; in pages.</summary>
internal sealed class LateReading(IEventLog log, IEvaluatorSnapshots snapshots)
{
    private const int PageSize = 5_000;

    private static readonly string[] Lost = [EventCodec.AliasOf<ResultsLost>()];

    public async Task<LateInput> ReadAsync(LateWork work, CancellationToken cancellationToken)
    {
        var from = work.From;
        while (true)
        {
            var before = await snapshots.BeforeAsync(from, cancellationToken);
            var observations = await TelemetryAsync(work, before.Position, cancellationToken);
            // The snapshot knows nothing of what came late after it was taken, also where that was long settled.
            var lost = await LostAsync(work, before.Position, cancellationToken);
            var earliest = observations
                .Where(e => IsObservation(e.Event))
                .Select(e => e.At)
                .Concat(lost)
                .DefaultIfEmpty(from)
                .Min();
            if (before.Position == 0 || earliest >= before.Evaluator.Now)
                return await InputAsync(work, before, observations, cancellationToken);
            from = earliest;
        }
    }

    private static bool IsObservation(IEvent @event) => @event is ReportReceived or ProbeCompleted;

    private async Task<LateInput> InputAsync(
        LateWork work,
        FoldedEvaluator before,
        List<EffectiveEvent> events,
        CancellationToken cancellationToken
    )
    {
        var written = work.Paths.ToDictionary(id => id, _ => new EffectiveHistory());
        var around = new Dictionary<Guid, EffectiveHistory>();
        var also = new HashSet<Guid>([.. work.Around, .. work.Checks]);
        await foreach (var (recorded, @event) in JournalAsync(before.Position, work.Through, cancellationToken))
            switch (@event)
            {
                case NodeTransitioned or HistoryRevised:
                    var nodeId = @event is NodeTransitioned t ? t.NodeId : ((HistoryRevised)@event).NodeId;
                    (written.GetValueOrDefault(nodeId) ?? HistoryOf(nodeId, around)).Fold(@event);
                    break;
                case not null:
                    events.Add(EffectiveEvent.Of(recorded.Position, recorded.Timestamp, @event));
                    Mention(@event, also);
                    break;
            }
        events.AddRange(around.Where(h => also.Contains(h.Key)).SelectMany(h => h.Value.AsGiven(h.Key)));
        return new(before.Evaluator.Replica(work.Paths, also), events, written);
    }

    private static EffectiveHistory HistoryOf(Guid nodeId, Dictionary<Guid, EffectiveHistory> histories)
    {
        if (!histories.TryGetValue(nodeId, out var history))
            histories.Add(nodeId, history = new());
        return history;
    }

    // Nodes and checks that come to stand on the paths only later must be known from the beginning.
    private static void Mention(IEvent @event, HashSet<Guid> also)
    {
        switch (@event)
        {
            case ChildLinked e:
                also.Add(e.ChildId);
                break;
            case DependencyAdded e:
                also.Add(e.DependsOnId);
                break;
            case NodeCreated { CheckId: { } checkId }:
                also.Add(checkId);
                break;
            case NodeCheckChanged e:
                also.Add(e.CheckId);
                break;
        }
    }

    private async IAsyncEnumerable<(RecordedEvent, IEvent?)> JournalAsync(
        long after,
        long through,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        while (after < through)
        {
            var page = await log.ReadPageAsync(new PageRead(after, PageSize, Log.Journal), cancellationToken);
            foreach (var recorded in page.Events.TakeWhile(e => e.Position <= through))
                yield return (recorded, EventCodec.TryDecode(recorded, out _));
            after = page.Through;
        }
    }

    private async Task<List<EffectiveEvent>> TelemetryAsync(
        LateWork work,
        long after,
        CancellationToken cancellationToken
    )
    {
        var events = new List<EffectiveEvent>();
        foreach (var stream in work.Checks.Order().Append(WellKnown.Clock))
        await foreach (var recorded in NewestFirst(stream, cancellationToken))
        {
            if (recorded.Position <= after)
                break;
            if (recorded.Position <= work.Through && EventCodec.TryDecode(recorded, out _) is { } @event)
                if (IsObservation(@event) || @event is ServiceResumed)
                    events.Add(EffectiveEvent.Of(recorded.Position, recorded.Timestamp, @event));
        }
        return events;
    }

    // They are in the journal, and are folded with it.
    private async Task<List<DateTimeOffset>> LostAsync(LateWork work, long after, CancellationToken cancellationToken)
    {
        var moments = new List<DateTimeOffset>();
        while (after < work.Through)
        {
            var read = new PageRead(after, PageSize, Log.Journal, Lost);
            var page = await log.ReadPageAsync(read, cancellationToken);
            foreach (var recorded in page.Events.TakeWhile(e => e.Position <= work.Through))
                if (
                    EventCodec.TryDecode(recorded, out _) is ResultsLost { CheckId: { } id } e
                    && work.Checks.Contains(id)
                )
                    moments.Add(e.From);
            after = page.IsLive ? work.Through : page.Through;
        }
        return moments;
    }

    private IAsyncEnumerable<RecordedEvent> NewestFirst(Guid streamId, CancellationToken cancellationToken) =>
        log.ReadStreamAsync(new StreamRead(Log.Telemetry, streamId, Backwards: true), cancellationToken);
}
