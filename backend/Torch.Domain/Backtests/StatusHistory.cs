using Torch.Domain.Nodes;
using Torch.Domain.Slo;
using Torch.Domain.Statuses;

namespace Torch.Domain.Backtests;

/// <summary>A change of status in a history.</summary>
/// <param name="IsMuted">It would have sent no notice: a consequence of something else, or the node was flapping.</param>
public sealed record HistoryChange(DateTimeOffset At, string From, string To, bool IsMuted = false)
{
    /// <summary>Says the sentence where somebody asks for it: most changes are counted and not told.</summary>
    internal Why? Why { get; init; }

    /// <summary>Why; null where it is not known.</summary>
    public string? Sentence
    {
        get => field ?? Why?.Sentence;
        init;
    }
}

/// <summary>A status from one moment up to another.</summary>
public sealed record HistorySpan(DateTimeOffset From, DateTimeOffset To, string Status);

/// <summary>A span in which a node was not available.</summary>
/// <param name="To">Null where it lasted beyond the window.</param>
/// <param name="Worst">The worst status within it.</param>
public sealed record Incident(DateTimeOffset From, DateTimeOffset? To, string Worst);

/// <summary>What a node was, or would have been, from one moment to another.</summary>
public sealed class StatusHistory
{
    private readonly StatusCatalog _statuses;

    /// <param name="first">The status at the beginning.</param>
    /// <param name="changes">In the order in which they were found; those outside of the window do not count. Several at one moment are one.</param>
    public StatusHistory(
        DateTimeOffset from,
        DateTimeOffset to,
        string first,
        IEnumerable<HistoryChange> changes,
        StatusCatalog statuses
    )
    {
        (From, To, First, _statuses) = (from, to, first, statuses);
        Changes = Settled(first, changes.Where(c => c.At > from && c.At < to));
        Spans = SpansOf();
        Incidents = IncidentsOf();
    }

    private StatusHistory(StatusHistory other, IReadOnlyList<Span> outOfService)
    {
        (From, To, First, _statuses) = (other.From, other.To, other.First, other._statuses);
        (Changes, Spans, Incidents) = (other.Changes, other.Spans, other.Incidents);
        OutOfService = outOfService;
    }

    /// <summary>The same of a node that was not meant to be there in some spans.</summary>
    /// <param name="outOfService">In their order, without overlaps.</param>
    public StatusHistory Without(IReadOnlyList<Span> outOfService) =>
        outOfService.Count == 0 ? this : new(this, outOfService);

    public DateTimeOffset From { get; }

    public DateTimeOffset To { get; }

    public string First { get; }

    /// <summary>Oldest first; each goes on from the one before it.</summary>
    public IReadOnlyList<HistoryChange> Changes { get; }

    /// <summary>The window from end to end.</summary>
    public IReadOnlyList<HistorySpan> Spans { get; }

    public IReadOnlyList<Incident> Incidents { get; }

    /// <summary>When the node was not meant to be there: nobody was told of what began and ended in one of these.</summary>
    public IReadOnlyList<Span> OutOfService { get; } = [];

    /// <summary>How long it had each status, for those that it had.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Times =>
        Spans.GroupBy(s => s.Status).ToDictionary(g => g.Key, g => new TimeSpan(g.Sum(s => (s.To - s.From).Ticks)));

    /// <summary>The share of available time, six places, half even; what has no say is left out. Null where nothing is left.</summary>
    public decimal? Availability
    {
        get
        {
            var (good, bad) = (Ticks(true), Ticks(false));
            return good + bad == 0 ? null : decimal.Round((decimal)good / (good + bad), 6, MidpointRounding.ToEven);
        }
    }

    /// <summary>
    /// Messages that went out, or would have: one when it ceases to be available, one when it is available again. What is neither says
    /// nothing, and what is muted or over before the node is in service neither; a recovery is told only of what was told.
    /// </summary>
    public int Notices
    {
        get
        {
            var (told, notices) = (Available(First) == false, 0);
            for (var i = 0; i < Changes.Count; i++)
                if (Available(Changes[i].To) is { } available && available == told && (told || IsTold(i)))
                    (told, notices) = (!available, notices + 1);
            return notices;
        }
    }

    private bool IsTold(int i)
    {
        if (Changes[i].IsMuted)
            return false;
        if (OutOfService.Count == 0)
            return true;
        var end = Changes.Skip(i + 1).FirstOrDefault(c => Available(c.To) == true)?.At ?? To;
        return Slo.Spans.Without(new(Changes[i].At, end), OutOfService).Any();
    }

    /// <summary>For drawing: the spans as they are up to a number, beyond that the worst status of each equal part of the window.</summary>
    public IReadOnlyList<HistorySpan> Drawn(int most)
    {
        if (Spans.Count <= most)
            return Spans;
        var worst = new int[most];
        Array.Fill(worst, -1);
        foreach (var span in Spans)
            for (var i = Part(span.From, most); i <= Part(span.To.AddTicks(-1), most); i++)
                worst[i] = Math.Max(worst[i], _statuses.RankOf(span.Status));
        var drawn = new List<HistorySpan>();
        for (var i = 0; i < most; i++)
            Draw(drawn, new(Edge(i, most), Edge(i + 1, most), _statuses.Ordered[Math.Max(0, worst[i])].Name));
        return drawn;
    }

    private static void Draw(List<HistorySpan> drawn, HistorySpan part)
    {
        if (drawn.Count > 0 && drawn[^1].Status == part.Status)
            drawn[^1] = drawn[^1] with { To = part.To };
        else
            drawn.Add(part);
    }

    private int Part(DateTimeOffset at, int parts) => (int)((Int128)(at - From).Ticks * parts / (To - From).Ticks);

    private DateTimeOffset Edge(int part, int parts) =>
        From.AddTicks((long)(((Int128)(To - From).Ticks * part + parts - 1) / parts));

    private static List<HistoryChange> Settled(string first, IEnumerable<HistoryChange> changes)
    {
        var settled = new List<HistoryChange>();
        foreach (var change in changes.OrderBy(c => c.At))
        {
            if (settled.Count > 0 && settled[^1].At == change.At)
                settled.RemoveAt(settled.Count - 1);
            var before = settled.Count > 0 ? settled[^1].To : first;
            if (before != change.To)
                settled.Add(change with { From = before });
        }
        return settled;
    }

    private List<HistorySpan> SpansOf()
    {
        var spans = new List<HistorySpan>(Changes.Count + 1);
        var (from, status) = (From, First);
        foreach (var change in Changes)
        {
            spans.Add(new(from, change.At, status));
            (from, status) = (change.At, change.To);
        }
        spans.Add(new(from, To, status));
        return spans;
    }

    private List<Incident> IncidentsOf()
    {
        var incidents = new List<Incident>();
        var isOpen = false;
        foreach (var span in Spans)
        {
            var isDown = Available(span.Status) == false;
            if (isDown && isOpen)
                incidents[^1] = incidents[^1] with { To = span.To, Worst = Worse(incidents[^1].Worst, span.Status) };
            else if (isDown)
                incidents.Add(new(span.From, span.To, span.Status));
            isOpen = isDown;
        }
        if (isOpen)
            incidents[^1] = incidents[^1] with { To = null };
        return incidents;
    }

    private long Ticks(bool available) =>
        Spans.Where(s => Available(s.Status) == available).Sum(s => (s.To - s.From).Ticks);

    private bool? Available(string status) => _statuses.Find(status)?.Available;

    private string Worse(string one, string other) => _statuses.RankOf(one) >= _statuses.RankOf(other) ? one : other;
}
