using Torch.Domain.Backtests;
using Torch.Domain.Evaluation;
using Torch.Domain.Nodes;
using Torch.Domain.Slo;
using Torch.EventStore;
using Torch.Server.Evaluating;
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
    RecordedEvents recorded,
    BacktestObjectives objectives
)
{
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
        var world = await WorldAsync(request, state, head, ct);
        // The state knows nothing of what came late after it and speaks of a time before it.
        if (world.Late.NextAt < world.Replica.Now && await OlderAsync(world.Late.NextAt.Value, ct) is { } older)
            world = await WorldAsync(request, older, head, ct);
        var (replica, asked, checks, late) = world;
        var around = await histories.AroundAsync(world.Around, replica.Now, request.To, replica.Statuses, ct);
        var replay = new Replay(replica, asked, request.Drafts, from, request.Statuses, request.Edges);
        var run = new BacktestRun(replay, around, late, from, request.To, progress);
        await foreach (var e in recorded.ReadAsync(world.Position, head, checks, ct))
        {
            if (e.Timestamp >= request.To || replay.Cycle is not null)
                break;
            await run.TakeAsync(e);
        }
        var after = await run.EndAsync();
        if (replay.Cycle is { } cycle)
            throw new FaultException(Closed(cycle, replica, from));
        var periods = await scope.ServicePeriodsAsync(asked, ct);
        var nodes = new List<NodeResult>();
        foreach (var id in asked.OrderByDescending(request.Drafted.Contains))
        {
            var before = await histories.OfAsync(id, from, request.To, replica.Statuses, ct);
            var outside = ServiceTime.Outside(periods.GetValueOrDefault(id), new(from, request.To));
            var difference = new HistoryDifference(before.Without(outside), after[id].Without(outside));
            if (request.Drafted.Contains(id) || !difference.IsNothing)
                nodes.Add(new(id, replica.NameOf(id) ?? "", difference, []));
        }
        nodes = await objectives.AddAsync(nodes, new(from, request.To), head, ct);
        return new(from, request.To, from > request.From ? from : null, run.Events, nodes, head);
    }

    /// <summary>What is evaluated again, from which position, and what it needs.</summary>
    private sealed record World(
        Evaluator Replica,
        IReadOnlyList<Guid> Asked,
        IReadOnlyList<Guid> Checks,
        LateObservations Late
    )
    {
        public required long Position { get; init; }

        /// <summary>The nodes beside those that are asked for.</summary>
        public required IReadOnlyList<Guid> Around { get; init; }
    }

    private async Task<World> WorldAsync(
        BacktestRequest request,
        FoldedEvaluator state,
        long head,
        CancellationToken ct
    )
    {
        var asked = request.WithAbove ? await scope.AboveAsync(request.Drafted, ct) : [.. request.Drafted];
        List<Guid> linked =
        [
            .. await scope.LinkedAsync(asked, state.Position, ct),
            .. await BroughtInAsync(request, asked, state, ct),
        ];
        var shown = await scope.ShownAsync(asked, state.Position, ct);
        var replica = state.Evaluator.Replica(asked, [.. linked, .. shown]);
        List<Guid> checks = [.. replica.Followed.Concat(shown).Distinct()];
        var late = await recorded.LateAsync(state.Position, head, checks, ct);
        return new(replica, asked, checks, late)
        {
            Position = state.Position,
            Around = [.. replica.Surrounding.Concat(linked).Distinct()],
        };
    }

    // Nobody near knew of them: children by drafted edges, and whom rules name further down, as things stood and as they stand.
    private async Task<IEnumerable<Guid>> BroughtInAsync(
        BacktestRequest request,
        IReadOnlyList<Guid> asked,
        FoldedEvaluator state,
        CancellationToken ct
    )
    {
        var drawn = request.Edges?.Drawn ?? [];
        var published = await scope.PublishedAsync(asked, state.Position, ct);
        List<(Guid From, string Path)> paths =
        [
            .. asked.SelectMany(id => state.Evaluator.NamesIn(id).Select(name => (id, name))),
            .. published.SelectMany(e => e.Rules.NamedChildren().Select(named => (e.NodeId, named.Name))),
            .. request.Drafts.SelectMany(d => d.Value.NamedChildren().Select(named => (d.Key, named.Name))),
        ];
        return
        [
            .. drawn.Select(e => e.ChildId),
            .. request.Drafts.SelectMany(d => state.Evaluator.NamedBy(d.Key, d.Value)),
            .. await scope.NamedAsync(paths, drawn, ct),
        ];
    }

    private async Task<FoldedEvaluator?> OlderAsync(DateTimeOffset moment, CancellationToken ct) =>
        await snapshots.BeforeAsync(moment, ct) is var older && older.Position >= await snapshots.EarliestAsync(ct)
            ? older
            : null;

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

    private static Fault Closed(ChildLinked edge, Evaluator then, DateTimeOffset from) =>
        new(
            409,
            "cycle",
            $"{then.NameOf(edge.ChildId)} cannot be tried under {then.NameOf(edge.ParentId)}: with what stood where at {from:O}, this would close a cycle."
        );

    private static Fault Gone { get; } =
        new(410, "before_retention", "Nothing of that window is kept any more, or nothing had been recorded yet.");
}
