using System.Collections.Concurrent;
using Npgsql;
using Torch.Contracts;
using Torch.Domain.Slo;
using Torch.Domain.Statuses;
using Torch.Domain.StatusPages;
using Torch.Server.Evaluating;
using Torch.Server.Events;
using Torch.Server.Projecting;

namespace Torch.Server.Features.StatusPages;

/// <summary>What everybody may know of published nodes. Strangers ask as often as they like, so each page is read at most every five seconds.</summary>
internal sealed class PublicReading(NpgsqlDataSource db, IEvaluation evaluation, TimeProvider time)
{
    /// <summary>How many days a page shows.</summary>
    public const int Days = 90;

    private const int IncidentDays = 14;
    private const int MostIncidents = 50;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private const string Now = """
        select n.id, coalesce(s.status, 'unknown'), coalesce(s.since, n.created_at) from torch.nodes n
        left join torch.node_statuses s on s.node_id = n.id where n.id = any($1)
        """;

    private const string Incidents = $"""
        select {IncidentRows.Columns} from torch.incidents
        where node_ids && $1 and (ended_at is null or ended_at >= $2) order by position desc limit $3
        """;

    private const string IsPublished =
        "select exists (select from torch.status_pages where published and node_ids @> array[$1::uuid])";

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, PublicStatus Status)> _known = [];

    /// <summary>Null where no such page is published.</summary>
    public async Task<PublicStatus?> FindAsync(string slug, CancellationToken ct)
    {
        var pages = await db.QueryAsync(
            "select settings from torch.status_pages where slug = $1 and published",
            [slug],
            r => EventCodec.StatusPageSettings(r.GetFieldValue<byte[]>(0)),
            ct
        );
        if (pages is not [var page])
        {
            _known.TryRemove(slug, out _);
            return null;
        }
        var now = time.GetUtcNow();
        if (_known.TryGetValue(slug, out var known) && now - known.At < Fresh && known.Status.Title == page.Title)
            return known.Status;
        var status = await ReadAsync(page, now, ct);
        _known[slug] = (now, status);
        return status;
    }

    /// <summary>A node's status, where a page shows it.</summary>
    public async Task<(string Status, decimal? Uptime)?> NodeAsync(
        Guid node,
        bool mayReadAll,
        int days,
        CancellationToken ct
    )
    {
        if (!mayReadAll && !(await db.QueryAsync(IsPublished, [node], r => r.GetBoolean(0), ct))[0])
            return null;
        var rows = await db.QueryAsync(Now, [new[] { node }], r => r.GetString(1), ct);
        if (rows is not [var status])
            return null;
        var (uptime, _) = (await UptimesAsync([node], days, time.GetUtcNow(), ct))[node];
        return (status, uptime);
    }

    private async Task<PublicStatus> ReadAsync(StatusPageSettings page, DateTimeOffset now, CancellationToken ct)
    {
        var nodes = page.Entries.Select(e => e.NodeId).Distinct().ToArray();
        var statuses = (
            await db.QueryAsync(
                Now,
                [nodes],
                r => (Id: r.GetGuid(0), Status: r.GetString(1), Since: r.GetFieldValue<DateTimeOffset>(2)),
                ct
            )
        ).ToDictionary(s => s.Id);
        var uptimes = await UptimesAsync(nodes, Days, now, ct);
        // A node that was deleted since leaves the page.
        var entries = page
            .Entries.Where(e => statuses.ContainsKey(e.NodeId))
            .Select(e => new PublicEntry(
                e.Label,
                statuses[e.NodeId].Status,
                statuses[e.NodeId].Since,
                uptimes[e.NodeId].Uptime,
                uptimes[e.NodeId].Days
            ))
            .ToList();
        var worst = entries
            .Select(e => e.Status)
            .DefaultIfEmpty(StatusCatalog.Unknown)
            .MaxBy(evaluation.Statuses.RankOf)!;
        return new(page.Title, page.Description, worst, now, entries, await IncidentsAsync(page, nodes, now, ct));
    }

    private async Task<IReadOnlyList<PublicIncident>> IncidentsAsync(
        StatusPageSettings page,
        Guid[] nodes,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var labels = page.Entries.DistinctBy(e => e.NodeId).ToDictionary(e => e.NodeId, e => e.Label);
        var rows = await db.QueryAsync(
            Incidents,
            [nodes, now.AddDays(-IncidentDays), MostIncidents],
            IncidentRows.Read,
            ct
        );
        var found = new List<PublicIncident>();
        foreach (var incident in rows)
        {
            if (labels.TryGetValue(incident.CauseId, out var label))
                found.Add(new($"{incident.Id:N}", label, incident.Worst, incident.At, incident.EndedAt));
            foreach (var affected in incident.Affected.Where(a => !a.Before && labels.ContainsKey(a.NodeId)))
                found.Add(
                    new(
                        $"{incident.Id:N}-{affected.NodeId:N}",
                        labels[affected.NodeId],
                        affected.Status,
                        affected.Since,
                        affected.Until ?? incident.EndedAt
                    )
                );
        }
        return [.. found.DistinctBy(i => i.Id).OrderByDescending(i => i.At).Take(MostIncidents)];
    }

    private async Task<Dictionary<Guid, (decimal? Uptime, IReadOnlyList<decimal?> Days)>> UptimesAsync(
        Guid[] nodes,
        int days,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var end = Spans.Whole(now);
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        List<DateTimeOffset> edges = [.. Enumerable.Range(0, days).Select(i => today.AddDays(i + 1 - days)), end];
        var totals = await NodeTotals.ReadAsync(db, nodes, edges, ct);
        var available = evaluation.Statuses.Ordered.ToDictionary(s => s.Name, s => s.Available, StringComparer.Ordinal);
        return nodes
            .Distinct()
            .ToDictionary(
                node => node,
                node =>
                {
                    var tallies = Enumerable
                        .Range(0, days)
                        .Select(i => Count(totals.Between(node, new(edges[i], edges[i + 1])), available))
                        .ToList();
                    var all = tallies.Aggregate(default(Tally), (sum, day) => sum + day);
                    return (all.Availability, (IReadOnlyList<decimal?>)[.. tallies.Select(t => t.Availability)]);
                }
            );
    }

    private static Tally Count(IEnumerable<KeyValuePair<string, long>> amounts, Dictionary<string, bool?> available)
    {
        var (good, bad) = (0L, 0L);
        foreach (var (status, milliseconds) in amounts)
            switch (available.GetValueOrDefault(status))
            {
                case true:
                    good += milliseconds;
                    break;
                case false:
                    bad += milliseconds;
                    break;
            }
        return new(good, bad);
    }
}
