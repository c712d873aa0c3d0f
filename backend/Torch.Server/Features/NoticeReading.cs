using Npgsql;
using Torch.Contracts;
using Torch.Domain.Notices;
using Torch.Server.Events;
using DeliveryState = Torch.Contracts.DeliveryState;
using NoticeKind = Torch.Contracts.NoticeKind;

namespace Torch.Server.Features;

/// <summary>What was told, as the read tables hold it.</summary>
internal sealed class NoticeReading(NpgsqlDataSource db)
{
    private const string Rows = """
        select n.id, n.position, n.data, r.name from torch.notices n left join torch.notice_rules r on r.id = n.rule_id
        """;

    private const string Deliveries = """
        select d.notice_id, d.channel_id, c.name, d.state, d.attempts, d.detail, d.at, d.retry_at
        from torch.notice_deliveries d left join torch.channels c on c.id = d.channel_id
        where d.notice_id = any($1) order by d.notice_id, c.name, d.channel_id
        """;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<NoticeView>> PageAsync(
        NoticeFilter filter,
        long before,
        int limit,
        long position,
        CancellationToken ct
    )
    {
        const string sql =
            Rows
            + """

                where n.position < $1
                    and ($2::uuid is null or n.id in (select notice_id from torch.notice_incidents where incident_id = $2))
                    and (($3::uuid is null and $4::text is null) or exists (
                        select from torch.notice_deliveries d
                        where d.notice_id = n.id and ($3::uuid is null or d.channel_id = $3) and ($4::text is null or d.state = $4)))
                order by n.position desc
                limit $5
                """;
        var rows = await db.QueryAsync(sql, [before, filter.Incident, filter.Channel, filter.State, limit], Row, ct);
        return await WithDeliveriesAsync(rows, position, ct);
    }

    /// <summary>Null where there is no such notice.</summary>
    public async Task<NoticeView?> FindAsync(Guid id, long position, CancellationToken ct)
    {
        var rows = await db.QueryAsync(Rows + " where n.id = $1", [id], Row, ct);
        return (await WithDeliveriesAsync(rows, position, ct)).SingleOrDefault();
    }

    /// <summary>As it stands in the log; null where there is no such notice.</summary>
    public async Task<NoticeRaised?> RaisedAsync(Guid id, CancellationToken ct) =>
        (await db.QueryAsync(Rows + " where n.id = $1", [id], Row, ct)).SingleOrDefault()?.Notice;

    private async Task<IReadOnlyList<NoticeView>> WithDeliveriesAsync(
        List<Found> rows,
        long position,
        CancellationToken ct
    )
    {
        if (rows.Count == 0)
            return [];
        var deliveries = await db.QueryAsync(
            Deliveries,
            [rows.Select(r => r.Notice.NoticeId).ToArray()],
            r => (Of: r.GetGuid(0), View: Delivery(r)),
            ct
        );
        var of = deliveries.ToLookup(d => d.Of, d => d.View);
        return [.. rows.Select(r => View(r, [.. of[r.Notice.NoticeId]], position))];
    }

    private sealed record Found(NoticeRaised Notice, long Position, string? Rule);

    private static Found Row(NpgsqlDataReader row) =>
        new(
            (NoticeRaised)EventCodec.Decode(EventCodec.AliasOf<NoticeRaised>(), row.GetFieldValue<byte[]>(2))!,
            row.GetInt64(1),
            row.Maybe<string>(3)
        );

    private static DeliveryView Delivery(NpgsqlDataReader row) =>
        new(
            row.GetGuid(1),
            row.Maybe<string>(2),
            Enum.Parse<DeliveryState>(row.GetString(3), ignoreCase: true),
            row.GetInt32(4),
            row.Maybe<string>(5),
            row.Maybe<DateTimeOffset?>(6),
            row.Maybe<DateTimeOffset?>(7)
        );

    private static NoticeView View(Found found, IReadOnlyList<DeliveryView> deliveries, long position)
    {
        var notice = found.Notice;
        return new(
            notice.NoticeId,
            notice.RuleId,
            found.Rule,
            (NoticeKind)(int)notice.Kind,
            notice.At,
            notice.Items.Count + (notice.Rest?.Count ?? 0),
            [.. notice.Items.Select(View)],
            deliveries,
            found.Position
        );
    }

    private static NoticeItemView View(NoticeItem item) =>
        new(
            item.IncidentId,
            (NoticeKind)(int)item.Kind,
            item.NodeId,
            item.Name,
            item.Path,
            item.Status,
            item.Severity,
            item.Since,
            item.Sentence,
            item.Affected,
            item.AffectedCount,
            item.EndedAt
        );
}

/// <summary>Which notices; null for all.</summary>
internal readonly record struct NoticeFilter(Guid? Incident = null, Guid? Channel = null, string? State = null);
