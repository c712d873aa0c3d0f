using System.Runtime.CompilerServices;
using Npgsql;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.History;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Backtesting;

/// <summary>The events that a replay folds, in the order of the log: all that people decided, and the observations of a few checks or of many.</summary>
internal sealed class RecordedEvents(IEventLog log, NpgsqlDataSource db)
{
    private const int Page = 10_000;

    // Beyond that many checks one pass over everything costs less than one stream after the other.
    private const int Streams = 16;

    private static readonly HashSet<string> Observed = new(StringComparer.Ordinal)
    {
        EventCodec.AliasOf<ReportReceived>(),
        EventCodec.AliasOf<ProbeCompleted>(),
    };

    private static readonly HashSet<string> Left = new(StringComparer.Ordinal)
    {
        EventCodec.AliasOf<NodeTransitioned>(),
        EventCodec.AliasOf<NodeMarked>(),
        EventCodec.AliasOf<HistoryRevised>(),
        EventCodec.AliasOf<LateDataFolded>(),
    };

    private static readonly string[] Decided =
    [
        .. EventCodec.Aliases.Where(a => !Left.Contains(a) && !Observed.Contains(a)),
    ];

    private static readonly string[] Lost = [EventCodec.AliasOf<ResultsLost>()];

    private static readonly string[] LateFolded = [EventCodec.AliasOf<LateDataFolded>()];

    private static readonly string[] OfTheClock =
    [
        EventCodec.AliasOf<ServiceResumed>(),
        EventCodec.AliasOf<LateWindowChanged>(),
    ];

    /// <param name="checks">Whose observations are read.</param>
    public IAsyncEnumerable<RecordedEvent> ReadAsync(
        long after,
        long through,
        IReadOnlyCollection<Guid> checks,
        CancellationToken ct
    )
    {
        if (checks.Count > Streams)
            return EverythingAsync(after, through, checks, ct);
        List<IAsyncEnumerable<RecordedEvent>> streams =
        [
            PagesAsync(new(after, Page, Log.Journal, Decided), through, ct),
        ];
        if (checks.Count > 0)
            streams.Add(PagesAsync(new(after, Page, Log.Telemetry, OfTheClock, WellKnown.Clock), through, ct));
        streams.AddRange(checks.Select(check => StreamAsync(check, after, through, ct)));
        return MergedAsync(streams);
    }

    /// <summary>The observations of some checks that were late, as far as that is settled.</summary>
    public async Task<LateObservations> LateAsync(
        long after,
        long through,
        IReadOnlyCollection<Guid> checks,
        CancellationToken ct
    )
    {
        var (wanted, late) = (checks.ToHashSet(), new List<LateData>());
        var clock = new PageRead(after, Page, Log.Telemetry, LateFolded, WellKnown.Clock);
        await foreach (var recorded in PagesAsync(clock, through, ct))
            if (EventCodec.TryDecode(recorded, out _) is LateDataFolded folded)
                late.AddRange(folded.Late.Where(l => wanted.Contains(l.CheckId)));
        var events = await LostAsync(after, through, late, ct);
        foreach (var ofCheck in late.GroupBy(l => l.CheckId))
        {
            var spans = ofCheck.Select(l => (l.From, l.Position)).Distinct().ToList();
            await foreach (var recorded in StreamAsync(ofCheck.Key, after, spans.Max(s => s.Position), ct))
                if (EventCodec.TryDecode(recorded, out _) is { } @event)
                {
                    var effective = EffectiveEvent.Of(recorded.Position, recorded.Timestamp, @event);
                    if (spans.Exists(s => effective.At >= s.From && effective.Position <= s.Position))
                        events.Add(effective);
                }
        }
        return new(events);
    }

    // Results that were lost count as an observation that came late.
    private async Task<List<EffectiveEvent>> LostAsync(
        long after,
        long through,
        List<LateData> late,
        CancellationToken ct
    )
    {
        var events = new List<EffectiveEvent>();
        if (late.Count == 0)
            return events;
        await foreach (var recorded in PagesAsync(new(after, Page, Log.Journal, Lost), through, ct))
            if (EventCodec.TryDecode(recorded, out _) is ResultsLost { CheckId: { } id } e)
            {
                var effective = EffectiveEvent.Of(recorded.Position, recorded.Timestamp, e);
                if (late.Exists(l => l.CheckId == id && effective.At >= l.From && effective.Position <= l.Position))
                    events.Add(effective);
            }
        return events;
    }

    // The next page is under way while this one is folded.
    private async IAsyncEnumerable<RecordedEvent> EverythingAsync(
        long after,
        long through,
        IReadOnlyCollection<Guid> checks,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var wanted = checks.ToHashSet();
        var next = log.ReadPageAsync(new PageRead(after, Page), ct);
        while (true)
        {
            var page = await next;
            var isLast = page.IsLive || page.Through >= through;
            if (!isLast)
                next = log.ReadPageAsync(new PageRead(page.Through, Page), ct);
            foreach (var recorded in page.Events)
                if (
                    recorded.Position <= through
                    && (
                        Observed.Contains(recorded.Type)
                            ? wanted.Contains(recorded.StreamId)
                            : !Left.Contains(recorded.Type)
                    )
                )
                    yield return recorded;
            if (isLast)
                yield break;
        }
    }

    private async IAsyncEnumerable<RecordedEvent> PagesAsync(
        PageRead read,
        long through,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        while (true)
        {
            var page = await log.ReadPageAsync(read, ct);
            foreach (var recorded in page.Events)
                if (recorded.Position <= through)
                    yield return recorded;
            if (page.IsLive || page.Through >= through)
                yield break;
            read = read with { After = page.Through };
        }
    }

    private async IAsyncEnumerable<RecordedEvent> StreamAsync(
        Guid check,
        long after,
        long through,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        const string first = "select min(version) from telemetry.mt_events where stream_id = $1 and seq_id > $2";
        var version = await db.QueryAsync(first, [check, after], row => row.Maybe<long?>(0), ct);
        if (version[0] is not { } from)
            yield break;
        await foreach (var recorded in log.ReadStreamAsync(new StreamRead(Log.Telemetry, check, from), ct))
        {
            if (recorded.Position > through)
                yield break;
            yield return recorded;
        }
    }

    private static async IAsyncEnumerable<RecordedEvent> MergedAsync(List<IAsyncEnumerable<RecordedEvent>> streams)
    {
        var heads = new PriorityQueue<IAsyncEnumerator<RecordedEvent>, long>();
        var open = streams.ConvertAll(s => s.GetAsyncEnumerator());
        try
        {
            foreach (var head in open)
                if (await head.MoveNextAsync())
                    heads.Enqueue(head, head.Current.Position);
            while (heads.TryDequeue(out var head, out _))
            {
                yield return head.Current;
                if (await head.MoveNextAsync())
                    heads.Enqueue(head, head.Current.Position);
            }
        }
        finally
        {
            foreach (var head in open)
                await head.DisposeAsync();
        }
    }
}
