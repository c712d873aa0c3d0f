using Npgsql;
using Torch.Domain.Slo;
using Torch.Domain.Statuses;

namespace Torch.Server.Features.Overview;

/// <summary>Percent of the last 30 days in which a node was available. Time without data, in maintenance or paused does not count.</summary>
internal static class UptimeReading
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    public static async Task<Dictionary<Guid, decimal?>> ReadAsync(
        NpgsqlDataSource db,
        DateTimeOffset now,
        IReadOnlyCollection<Guid> nodes,
        StatusCatalog statuses,
        CancellationToken ct
    )
    {
        var window = new Span(Spans.Whole(now - Window), Spans.Whole(now));
        var totals = await NodeTotals.ReadAsync(db, nodes, [window.From, window.To], ct);
        // Removed ones too: the window may still see them.
        var available = statuses.Ordered.ToDictionary(s => s.Name, s => s.Available, StringComparer.Ordinal);
        return nodes.ToDictionary(id => id, id => Percent(totals.Between(id, window), available));
    }

    private static decimal? Percent(SortedDictionary<string, long> times, Dictionary<string, bool?> available)
    {
        var (up, down) = (Sum(times, available, true), Sum(times, available, false));
        return up + down > 0 ? Math.Round(100m * up / (up + down), 6, MidpointRounding.ToEven) : null;
    }

    private static long Sum(SortedDictionary<string, long> times, Dictionary<string, bool?> available, bool asked) =>
        times.Where(t => available.GetValueOrDefault(t.Key) == asked).Sum(t => t.Value);
}
