using Npgsql;
using Torch.Contracts;
using Torch.Domain.Slo;
using Torch.Domain.Statuses;
using Torch.Server.Auth;
using Torch.Server.Projecting;
using Counting = Torch.Domain.Slo.Counting;
using SliKind = Torch.Domain.Slo.SliKind;
using SloWindowKind = Torch.Domain.Slo.SloWindowKind;

namespace Torch.Server.Features.Slos;

/// <summary>What a report is asked for.</summary>
/// <param name="IsPast">The position is not the present's, so structure is that of then.</param>
/// <param name="Range">What is counted instead of the objective's window.</param>
/// <param name="MostOutages">So many are listed, the latest; all are counted.</param>
internal sealed record ReportAsked(
    Guid Id,
    long Position,
    bool IsPast,
    DateTimeOffset AsOf,
    bool Subtree,
    Sight Sight,
    Span? Range = null,
    int MostOutages = ReportText.MostOutages
);

/// <summary>
/// Makes reports from transitions and rollups, never from observations. Everything that goes into one is as it was known at its position,
/// so the same position and moment give the same report.
/// </summary>
internal sealed class ReportMaking(NpgsqlDataSource db, ObjectiveReading reading, SubtreeReading subtrees)
{
    // Observations on their way have come in by then; those that come later are known by their position.
    private static readonly TimeSpan Settling = LateObservations.Settling;

    public async Task<ObjectiveReport?> MakeAsync(ReportAsked asked, CancellationToken cancellationToken)
    {
        if (await GroundAsync(asked, cancellationToken) is not var (frame, statuses, timelines))
            return null;
        var count = await CounterAsync(frame, statuses, timelines, frame.Parts, cancellationToken);
        var timeline = timelines.Of(frame.Window);
        var outages = Outages.Of(timeline, statuses.RankOf);
        var nodes = asked.Subtree ? await subtrees.ReadAsync(frame, asked, cancellationToken) : null;
        return ReportText.Write(frame, Counted.Of(frame, count), timeline, outages, nodes, asked.MostOutages);
    }

    /// <summary>How the budget went, from the same counts.</summary>
    public async Task<BudgetSeries?> BudgetAsync(ReportAsked asked, int points, CancellationToken cancellationToken)
    {
        if (await GroundAsync(asked, cancellationToken) is not var (frame, statuses, timelines))
            return null;
        var steps = BurnDown.Steps(frame.Window, points);
        var count = await CounterAsync(frame, statuses, timelines, steps, cancellationToken);
        return BurnDown.Write(frame, [.. steps.Select(step => (step.To, count(step)))]);
    }

    private async Task<(ReportFrame Frame, StatusCatalog Statuses, Timelines Timelines)?> GroundAsync(
        ReportAsked asked,
        CancellationToken ct
    )
    {
        var known = await reading.AtAsync(asked.Id, asked.Position, ct);
        if (known.Last is not { } settings || !asked.Sight.Shows(settings.NodeId))
            return null;
        var statuses = await reading.StatusesAsync(asked.Position, ct);
        var node = await reading.NodeAsync(settings.NodeId, asked.Position, ct);
        var frame = ReportFrame.Of(settings, known, node, asked, CountingPolicy.Of(statuses, settings));
        return (frame, statuses, await TimelinesAsync(frame, ct));
    }

    private async Task<Timelines> TimelinesAsync(ReportFrame frame, CancellationToken ct)
    {
        var node = frame.Node;
        var changes = await TransitionHistory.ReadAsync(db, [node.Id], frame.Read, frame.Position, true, ct);
        var absences = await TransitionHistory.AbsencesAsync(db, frame.Read, frame.Position, ct);
        return new Timelines([.. changes[node.Id]], [.. frame.LeftOut, .. absences], frame);
    }

    /// <summary>Answers what was counted of each of some spans.</summary>
    private async Task<Func<Span, Tally>> CounterAsync(
        ReportFrame frame,
        StatusCatalog statuses,
        Timelines timelines,
        IEnumerable<Span> spans,
        CancellationToken cancellationToken
    )
    {
        var whole = timelines.Of(frame.Read);
        if (frame.Settings.Sli.Kind is SliKind.Time)
            return whole.Count;
        var tally = new ObservationTally(
            db,
            frame.Node.CheckId ?? Guid.Empty,
            frame.Position,
            frame.Settings.Sli.Threshold
        );
        var counts = new Dictionary<Span, Tally>();
        foreach (var span in spans.Distinct())
            counts[span] = await tally.CountAsync(Eligible(span, whole, statuses, frame), cancellationToken);
        return part => counts[part];
    }

    // Observations count while their node's status does: not in maintenance, unless the objective says so.
    private static IEnumerable<Span> Eligible(
        Span span,
        StatusTimeline timeline,
        StatusCatalog statuses,
        ReportFrame frame
    )
    {
        var neutral = timeline
            .Parts.Where(p => timeline.Of(p.Status) is Counting.Excluded && statuses.Find(p.Status)?.Neutral == true)
            .Select(p => p.Span);
        var minutes = new Span(Minute(span.From), Minute(span.To));
        var leftOut = Spans
            .Merge([.. neutral, .. frame.LeftOut], minutes)
            .Select(s => new Span(Minute(s.From), Next(s.To)));
        return Spans.Without(minutes, Spans.Merge(leftOut, minutes));
    }

    private static DateTimeOffset Minute(DateTimeOffset at) => RollupLevels.Floor(at, RollupLevels.Minute);

    private static DateTimeOffset Next(DateTimeOffset at) =>
        Minute(at) == at ? at : Minute(at).AddMinutes(RollupLevels.Minute);

    /// <summary>The end of what is counted.</summary>
    public static DateTimeOffset EndOf(ObjectiveSettings settings, DateTimeOffset asOf) =>
        settings.Sli.Kind is SliKind.Time ? asOf : Minute(asOf - Settling);
}

/// <summary>The spans of a report, and what it judges by.</summary>
/// <param name="Window">What is counted.</param>
/// <param name="WindowEnd">Later than the window's end where a calendar's goes on.</param>
/// <param name="Period">The length that burn rates compare with: of the objective's own window, whatever is counted.</param>
/// <param name="Read">The window and the days before that burn rates look at.</param>
internal sealed record ReportFrame(
    ObjectiveSettings Settings,
    KnownObjective Known,
    KnownNode Node,
    long Position,
    DateTimeOffset AsOf,
    Span Window,
    DateTimeOffset WindowEnd,
    TimeSpan Period,
    Span Read,
    SortedDictionary<string, Counting> Policy
)
{
    private readonly IReadOnlyList<Span> _outOfService = ServiceTime.Outside(
        Node.ServicePeriod,
        Read with
        {
            To = WindowEnd > Read.To ? WindowEnd : Read.To,
        }
    );

    private static readonly TimeSpan Longest = BurnPair.All.Max(p => p.Long);

    /// <summary>
    /// Exclusions, the time after the node was deleted, and when it was out of service, by the period that it has at the report's position.
    /// </summary>
    public IEnumerable<Span> LeftOut =>
        [
            .. _outOfService,
            .. Known.Objective.Exclusions.Select(x => new Span(x.From, x.To)),
            .. Node.DeletedAt is { } gone ? [new Span(gone, DateTimeOffset.MaxValue)] : Array.Empty<Span>(),
        ];

    /// <summary>The window, the pace of the forecast, and the pairs of the burn rates.</summary>
    public IEnumerable<Span> Parts =>
        [Window, Last(Forecast.Pace), .. BurnPair.All.SelectMany(p => (Span[])[Last(p.Long), Last(p.Short)])];

    /// <summary>The last part of what is counted.</summary>
    public Span Last(TimeSpan length) => new(Window.To - length, Window.To);

    public static ReportFrame Of(
        ObjectiveSettings settings,
        KnownObjective known,
        KnownNode node,
        ReportAsked asked,
        SortedDictionary<string, Counting> policy
    )
    {
        var (from, to) = settings.Window.At(asked.AsOf);
        var end = ReportMaking.EndOf(settings, asked.AsOf);
        if (settings.Window.Kind is SloWindowKind.Rolling)
            (from, to) = (end - settings.Window.Duration!.Value, end);
        var period = to - from;
        if (asked.Range is { } range)
            (from, to) = (range.From, range.To);
        var window = new Span(from, end < to ? end : to);
        if (window.To < window.From)
            window = new(window.From, window.From);
        var first = window.To - Longest;
        return new(
            settings,
            known,
            node,
            asked.Position,
            asked.AsOf,
            window,
            to,
            period,
            new(first < window.From ? first : window.From, window.To),
            policy
        );
    }
}

/// <summary>One node's statuses, cut for whoever asks.</summary>
internal sealed class Timelines(IReadOnlyList<StatusTaken> changes, IReadOnlyList<Span> leftOut, ReportFrame frame)
{
    public StatusTimeline Of(Span span) => new(changes, span, leftOut, frame.Policy);
}

/// <summary>What was counted of each span that a report speaks of.</summary>
internal sealed record Counted(Tally Window, Tally Lately, IReadOnlyList<Burn> Burns)
{
    public static Counted Of(ReportFrame frame, Func<Span, Tally> count) =>
        new(
            count(frame.Window),
            count(frame.Last(Forecast.Pace)),
            [
                .. BurnPair.All.Select(p =>
                    Burn.Of(
                        p,
                        count(frame.Last(p.Long)),
                        count(frame.Last(p.Short)),
                        frame.Settings.Target,
                        frame.Period
                    )
                ),
            ]
        );
}
