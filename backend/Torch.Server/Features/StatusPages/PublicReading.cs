using Npgsql;
using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Incidents;
using Torch.Domain.Slo;
using Torch.Domain.Statuses;
using Torch.Domain.StatusPages;
using Torch.Server.Evaluating;
using Torch.Server.Events;
using Torch.Server.Projecting;

namespace Torch.Server.Features.StatusPages;

/// <summary>What everybody may know of published nodes. Strangers ask as often as they like, so each page and each badge is read at most every five seconds.</summary>
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

    // By what is shown, not by the address: a page that was changed is another one at once.
    private readonly Moments<StatusPageSettings, PublicStatus> _pages = new(time, Fresh);
    private readonly Moments<(Guid Node, int Days), NodeNow?> _nodes = new(time, Fresh);

    /// <summary>Null where no such page is published.</summary>
    public async Task<PublicStatus?> FindAsync(string slug, CancellationToken ct)
    {
        var pages = await db.QueryAsync(
            "select settings from torch.status_pages where slug = $1 and published",
            [slug],
            r => EventCodec.StatusPageSettings(r.GetFieldValue<byte[]>(0)),
            ct
        );
        return pages is [var page]
            ? await _pages.GetAsync(page, () => ReadAsync(page, time.GetUtcNow(), CancellationToken.None), ct)
            : null;
    }

    /// <summary>A node's status, where a page shows it, or for who may read.</summary>
    public async Task<(NodeNow Node, bool IsPublic)?> NodeAsync(Guid node, bool mayRead, int days, CancellationToken ct)
    {
        var isPublic = (await db.QueryAsync(IsPublished, [node], r => r.GetBoolean(0), ct))[0];
        if (!isPublic && !mayRead)
            return null;
        return await _nodes.GetAsync((node, days), () => ReadAsync(node, days), ct) is { } found
            ? (found, isPublic)
            : null;
    }

    private async Task<NodeNow?> ReadAsync(Guid node, int days)
    {
        var rows = await db.QueryAsync(Now, [new[] { node }], r => r.GetString(1), CancellationToken.None);
        if (rows is not [var status])
            return null;
        var uptimes = await UptimesAsync([node], days, time.GetUtcNow(), CancellationToken.None);
        return new(status, uptimes[node].Uptime);
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
        var found = new List<(Guid Node, PublicIncident Incident)>();
        foreach (var incident in rows)
        {
            if (labels.TryGetValue(incident.CauseId, out var label))
                Add(incident, incident.CauseId, label, incident.Worst, incident.At, incident.EndedAt);
            foreach (var a in incident.Affected.Where(a => !a.Before && labels.ContainsKey(a.NodeId)))
                Add(incident, a.NodeId, labels[a.NodeId], a.Status, a.Since, a.Until ?? incident.EndedAt);
        }
        var told = found.GroupBy(f => f.Node, f => f.Incident).SelectMany(Together);
        return [.. told.OrderByDescending(i => i.At).Take(MostIncidents)];

        void Add(Incident of, Guid node, string name, string status, DateTimeOffset at, DateTimeOffset? endedAt) =>
            found.Add((node, new(IdOf(of.Id, node, at), name, status, at, endedAt)));
    }

    // Several causes at one time are one thing to who reads that a service was down.
    private IEnumerable<PublicIncident> Together(IEnumerable<PublicIncident> ofOneNode)
    {
        PublicIncident? open = null;
        foreach (var next in ofOneNode.OrderBy(i => i.At).ThenBy(i => i.Id, StringComparer.Ordinal))
        {
            if (open is not null && (open.EndedAt is null || next.At <= open.EndedAt))
            {
                open = open with
                {
                    Status = Worse(open.Status, next.Status),
                    EndedAt =
                        open.EndedAt > next.EndedAt ? open.EndedAt
                        : open.EndedAt is null ? null
                        : next.EndedAt,
                };
                continue;
            }
            if (open is not null)
                yield return open;
            open = next;
        }
        if (open is not null)
            yield return open;
    }

    private string Worse(string one, string other) =>
        evaluation.Statuses.RankOf(one) >= evaluation.Statuses.RankOf(other) ? one : other;

    // The same at each reading, and nothing of the node's own id. One incident may take a node more than once.
    private static string IdOf(Guid incident, Guid node, DateTimeOffset at) =>
        NameId.Of(incident, FormattableString.Invariant($"{node:N} {at.UtcTicks}")).ToString("N");

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

/// <summary>A node as a badge shows it.</summary>
/// <param name="Uptime">Percent; null without data.</param>
internal sealed record NodeNow(string Status, decimal? Uptime);
