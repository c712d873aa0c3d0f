using Torch.Domain.Backtests;
using Torch.EventStore;
using Torch.Server.Evaluating;
using Torch.Server.Events;
using Torch.Server.Http;

namespace Torch.Server.Backtesting;

/// <summary>
/// Lets the past happen again with drafts: 1, the state of the nearest snapshot before the window; 2, from it a replica of the nodes that
/// are asked for; 3, what was recorded since, merged in the order of time; 4, the histories beside the recorded ones. Writes nothing.
/// </summary>
internal sealed class Backtester(
    IEvaluatorSnapshots snapshots,
    IEventLog log,
    LogTimes times,
    BacktestScope scope,
    RecordedHistories histories,
    RecordedEvents recorded
)
{
    private const int Step = 4_096;

    /// <param name="progress">Is told every few thousand events.</param>
    /// <exception cref="FaultException">Nothing is left to replay.</exception>
    public async Task<BacktestResult> RunAsync(
        BacktestRequest request,
        Func<BacktestShare, ValueTask> progress,
        CancellationToken ct
    )
    {
        var head = await log.HeadAsync(ct);
        var (state, from) = await BeginAsync(request, ct);
        var asked = request.WithAbove ? await scope.AboveAsync([.. request.Drafts.Keys], ct) : [.. request.Drafts.Keys];
        var (linked, shown) = (
            await scope.LinkedAsync(asked, state.Position, ct),
            await scope.ShownAsync(asked, state.Position, ct)
        );
        var replica = state.Evaluator.Replica(asked, [.. linked, .. shown]);
        var checks = replica.Followed.Concat(shown).Distinct().ToList();
        var around = await histories.AroundAsync(
            [.. replica.Surrounding.Concat(linked).Distinct()],
            replica.Now,
            request.To,
            replica.Statuses,
            ct
        );
        var replay = new Replay(replica, asked, request.Drafts, from);
        var run = new Run(replay, around, from, request.To, progress);
        await foreach (var e in recorded.ReadAsync(state.Position, head, checks, ct))
        {
            if (e.Timestamp >= request.To)
                break;
            await run.TakeAsync(e);
        }
        var after = await run.EndAsync();
        var nodes = new List<(Guid, string, HistoryDifference)>();
        foreach (var id in asked.OrderByDescending(request.Drafts.ContainsKey))
        {
            var before = await histories.OfAsync(id, from, request.To, replica.Statuses, ct);
            var difference = new HistoryDifference(before, after[id]);
            if (request.Drafts.ContainsKey(id) || !difference.IsNothing)
                nodes.Add((id, replica.Picture(id)?.Name ?? "", difference));
        }
        return new(from, request.To, from > request.From ? from : null, run.Events, nodes, head);
    }

    // A window that reaches before what is kept is cut there; one that reaches before everything is cut at the first event.
    private async Task<(FoldedEvaluator State, DateTimeOffset From)> BeginAsync(
        BacktestRequest request,
        CancellationToken ct
    )
    {
        var earliest = await snapshots.EarliestAsync(ct);
        var state = await snapshots.BeforeAsync(request.From, ct);
        var from = request.From;
        if (state.Position < earliest)
        {
            state = await snapshots.NearestAsync(Math.Max(earliest, await times.LastAtAsync(from, ct)), ct);
            if (state.Position < earliest)
                throw new FaultException(Gone);
            from = Later(from, state.Evaluator.Now);
        }
        if (state.Position == 0 && await FirstAsync(ct) is { } first)
            from = Later(from, first);
        return from < request.To ? (state, from) : throw new FaultException(Gone);
    }

    private async Task<DateTimeOffset?> FirstAsync(CancellationToken ct)
    {
        var page = await log.ReadPageAsync(new PageRead(0, 1), ct);
        return page.Events.Count > 0 ? page.Events[0].Timestamp : null;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static Fault Gone { get; } =
        new(410, "before_retention", "Nothing of that window is kept any more, or nothing had been recorded yet.");

    /// <summary>Two sources merged: events of the log, and what was recorded of the nodes around.</summary>
    private sealed class Run(
        Replay replay,
        SurroundingHistory around,
        DateTimeOffset from,
        DateTimeOffset to,
        Func<BacktestShare, ValueTask> progress
    )
    {
        private int _next;
        private long _said;

        public long Events { get; private set; }

        public async ValueTask TakeAsync(RecordedEvent e)
        {
            await GiveUntilAsync(e.Timestamp);
            Events++;
            if (EventCodec.TryDecode(e, out _) is { } @event)
                replay.Fold(e.Position, e.Timestamp, @event);
            await SayAsync(e.Timestamp);
        }

        public async Task<IReadOnlyDictionary<Guid, StatusHistory>> EndAsync()
        {
            await GiveUntilAsync(to);
            return replay.End(to);
        }

        private async ValueTask GiveUntilAsync(DateTimeOffset until)
        {
            while (_next < around.Count && around.AtOf(_next) <= until)
            {
                var (begin, at) = (_next, around.AtOf(_next));
                while (_next < around.Count && around.AtOf(_next) == at)
                    _next++;
                replay.Give(at, [.. Enumerable.Range(begin, _next - begin).Select(i => around[i])]);
                Events += _next - begin;
                await SayAsync(at);
            }
        }

        private ValueTask SayAsync(DateTimeOffset at)
        {
            if (Events - _said < Step)
                return ValueTask.CompletedTask;
            _said = Events;
            return progress(new(Math.Clamp((at - from) / (to - from), 0, 1), Events));
        }
    }
}
