using System.Globalization;
using Npgsql;
using Torch.Contracts;
using Torch.Domain.Slo;
using Torch.Domain.Statuses;
using Torch.Server.Auth;
using Torch.Server.Evaluating;
using Torch.Server.Http;
using Torch.Server.Projecting;
using CheckKind = Torch.Contracts.CheckKind;
using Counting = Torch.Domain.Slo.Counting;

namespace Torch.Server.Features.Availability;

/// <summary>Which end of the ranking comes first.</summary>
internal enum RankingOrder
{
    Worst,
    Best,
}

/// <summary>Which nodes are ranked.</summary>
internal enum RankedKind
{
    All,
    Leaf,
    Group,
}

internal static class ListAvailability
{
    private static readonly TimeSpan Default = TimeSpan.FromDays(30);

    /// <summary>Nodes by how available they were.</summary>
    /// <remarks>
    /// Time in statuses that are available is good, in those that are not bad, in the others neither; time in which Torch was away counts as nothing. From
    /// sums per day, so that a year costs what an hour costs.
    /// </remarks>
    /// <param name="from">RFC 3339; 30 days before <paramref name="to"/> where absent.</param>
    /// <param name="to">RFC 3339; now where absent, and at most.</param>
    /// <param name="root">Only this node and what is below it.</param>
    /// <param name="kind"><c>all</c>, <c>leaf</c> (devices) or <c>group</c>; all where absent.</param>
    /// <param name="order"><c>worst</c> first or <c>best</c> first; worst where absent.</param>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    public static async Task<AvailabilityRanking> Handle(
        string? from,
        string? to,
        Guid? root,
        string? kind,
        string? order,
        int? limit,
        string? after,
        AvailabilityReading reading,
        IEvaluation evaluation,
        IReadPosition reads,
        Sight sight,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (ranked, ordered) = (Word<RankedKind>(kind, "kind"), Word<RankingOrder>(order, "order"));
        var range = TimeRange.Of(from, to, Default, time);
        var now = time.GetUtcNow();
        if (range.From >= now)
            throw new FaultException(Fault.Invalid("from", "must not lie in the future"));
        var window = new Span(Spans.Whole(range.From), Spans.Whole(range.To < now ? range.To : now));
        var position = reads.Position;
        var rows = await reading.ReadAsync(window, root, ranked, evaluation.Statuses, sight, cancellationToken);
        var sorted = Rank(rows, ordered);
        var (skip, most) = (Skip(after), Limit.Of(limit));
        var next = sorted.Count > skip + most ? (skip + most).ToString(CultureInfo.InvariantCulture) : null;
        return new(window.From, window.To, [.. sorted.Skip(skip).Take(most)], next, sorted.Count, position);
    }

    private static T Word<T>(string? text, string parameter)
        where T : struct, Enum =>
        text is null ? default
        : Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse<T>(name)
        : throw new FaultException(
            Fault.Invalid(
                parameter,
                "must be one of " + string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))
            )
        );

    private static int Skip(string? after) =>
        string.IsNullOrEmpty(after) ? 0
        : int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip
        : throw new FaultException(Fault.Invalid("after", "is not a cursor that Torch gave"));

    // Those without data come last, whichever end is first.
    private static List<RankedNode> Rank(IEnumerable<RankedNode> rows, RankingOrder order)
    {
        var sign = order is RankingOrder.Worst ? 1 : -1;
        List<RankedNode> sorted =
        [
            .. rows.OrderBy(r => r.Availability is null)
                .ThenBy(r => sign * r.Availability)
                .ThenByDescending(r => sign * r.Bad)
                .ThenBy(r => r.Name, StringComparer.Ordinal)
                .ThenBy(r => r.NodeId),
        ];
        for (var i = 0; i < sorted.Count; i++)
            sorted[i] = sorted[i] with
            {
                Rank = i > 0 && sorted[i].Availability == sorted[i - 1].Availability ? sorted[i - 1].Rank : i + 1,
            };
        return sorted;
    }
}

/// <summary>Counts every node over a window.</summary>
internal sealed class AvailabilityReading(NpgsqlDataSource db)
{
    private const string Nodes = """
        with recursive below as (
            select n.id from torch.nodes n where $1::uuid is null or n.id = $1
            union
            select e.child_id from below join torch.edges e on e.parent_id = below.id where $1::uuid is not null
        )
        select n.id, n.name, n.check_id, c.kind, coalesce(s.status, 'unknown'), first.parent_id
        from below join torch.nodes n on n.id = below.id
        left join torch.checks c on c.id = n.check_id
        left join torch.node_statuses s on s.node_id = n.id
        left join lateral (
            select e.parent_id from torch.edges e where e.child_id = n.id and ($2::uuid[] is null or e.parent_id = any($2))
            order by e.ordinal, e.parent_id limit 1) first on true
        where $2::uuid[] is null or n.id = any($2)
        """;

    private const string Parents = """
        select n.id, n.name, (
            select e.parent_id from torch.edges e where e.child_id = n.id and ($1::uuid[] is null or e.parent_id = any($1))
            order by e.ordinal, e.parent_id limit 1)
        from torch.nodes n
        where exists (select from torch.edges e where e.parent_id = n.id) and ($1::uuid[] is null or n.id = any($1))
        """;

    private sealed record Row(Guid Id, string Name, Guid? CheckId, string? Kind, string Status, Guid? ParentId);

    private sealed record Group(string Name, Guid? ParentId);

    public async Task<IReadOnlyList<RankedNode>> ReadAsync(
        Span window,
        Guid? root,
        RankedKind kind,
        StatusCatalog statuses,
        Sight sight,
        CancellationToken ct
    )
    {
        if (root is { } asked)
            sight.Require(asked);
        var rows = await db.QueryAsync(Nodes, [root, sight.Nodes], Read, ct);
        if (root is not null && rows.Count == 0)
            throw new FaultException(Fault.NotFound("node"));
        rows = [.. rows.Where(r => kind is RankedKind.All || (kind is RankedKind.Leaf) == (r.CheckId is not null))];
        var groups = (
            await db.QueryAsync(
                Parents,
                [sight.Nodes],
                r => (Id: r.GetGuid(0), Group: new Group(r.GetString(1), r.Maybe<Guid?>(2))),
                ct
            )
        ).ToDictionary(g => g.Id, g => g.Group);
        var count = await CountAsync(rows, window, statuses, ct);
        return [.. rows.Select(r => View(r, count(r), window, groups))];
    }

    // From sums per day, without Torch's own absences. A check's own gaps are in its statuses: unknown.
    private async Task<Func<Row, Tally>> CountAsync(
        List<Row> rows,
        Span window,
        StatusCatalog statuses,
        CancellationToken ct
    )
    {
        var policy = statuses.Ordered.ToDictionary(s => s.Name, s => CountingOf(s), StringComparer.Ordinal);
        var absences = await TransitionHistory.AbsencesAsync(db, window, long.MaxValue, ct);
        var eligible = Spans.Without(window, Spans.Merge(absences, window)).ToList();
        DateTimeOffset[] moments = [.. eligible.SelectMany(s => (DateTimeOffset[])[s.From, s.To])];
        var totals = await NodeTotals.ReadAsync(db, [.. rows.Select(r => r.Id)], moments, ct);
        return row => Sum(eligible.SelectMany(span => totals.Between(row.Id, span)), policy);
    }

    private static Tally Sum(IEnumerable<KeyValuePair<string, long>> amounts, Dictionary<string, Counting> policy)
    {
        var (good, bad, neither) = (0L, 0L, 0L);
        foreach (var (status, milliseconds) in amounts)
            switch (policy.GetValueOrDefault(status, Counting.Excluded))
            {
                case Counting.Good:
                    good += milliseconds;
                    break;
                case Counting.Bad:
                    bad += milliseconds;
                    break;
                default:
                    neither += milliseconds;
                    break;
            }
        return new(good, bad, neither);
    }

    private static Counting CountingOf(Status status) =>
        status.Available switch
        {
            true => Counting.Good,
            false => Counting.Bad,
            null => Counting.Excluded,
        };

    private static RankedNode View(Row row, Tally tally, Span window, Dictionary<Guid, Group> groups) =>
        new(
            0,
            row.Id,
            row.Name,
            PathOf(row, groups),
            row.CheckId,
            row.CheckId is null ? null : Enum.Parse<CheckKind>(row.Kind ?? "report", ignoreCase: true),
            row.Status,
            tally.Availability,
            tally.Good,
            tally.Bad,
            tally.Excluded,
            window.Milliseconds - tally.Eligible - tally.Excluded
        );

    private static List<string> PathOf(Row row, Dictionary<Guid, Group> groups)
    {
        var path = new List<string> { row.Name };
        for (var at = row.ParentId; at is { } id && groups.TryGetValue(id, out var group); at = group.ParentId)
            path.Insert(0, group.Name);
        return path;
    }

    private static Row Read(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetString(1),
            row.Maybe<Guid?>(2),
            row.Maybe<string>(3),
            row.GetString(4),
            row.Maybe<Guid?>(5)
        );
}
