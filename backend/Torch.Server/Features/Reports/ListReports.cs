using Npgsql;
using Torch.Contracts;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Reports;

internal static class ListReports
{
    private const string Query = """
        select c.source, c.id, o.type, o.data, o.position, o.at, o.received_at,
            array(select n.id from torch.nodes n where n.check_id = c.id order by n.id)
        from torch.checks c join torch.latest_observations o on o.check_id = c.id
        where c.source is not null and o.type = 'report_received'
            and ($1::text is null or c.source = $1)
            and ($2::boolean is null or $2 = not exists (select from torch.nodes n where n.check_id = c.id))
            and ($3::text is null or c.source > $3)
        order by c.source
        limit $4
        """;

    /// <summary>The latest report of each source.</summary>
    /// <param name="unplaced">True for sources that no node shows yet, false for the others.</param>
    /// <param name="source">One source only.</param>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    public static async Task<Page<LatestReport>> Handle(
        bool? unplaced,
        string? source,
        int? limit,
        string? after,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var cursor = Cursor.Read(after, 1, "after")?[0];
        var position = reads.Position;
        var rows = await db.QueryAsync(Query, [source, unplaced, cursor, most + 1], Row, cancellationToken);
        return Paging.Of(rows, most, r => Cursor.Write(r.Source), position);
    }

    private static LatestReport Row(NpgsqlDataReader row)
    {
        var observation = Observations.View(ObservationRow.Read(row, 2));
        var report = Observations.Report(ObservationRow.Read(row, 2));
        return new LatestReport(
            row.GetString(0),
            row.GetGuid(1),
            observation.Value,
            observation.Outcome,
            observation.Message,
            report?.Title,
            observation.At,
            row.GetFieldValue<Guid[]>(7)
        );
    }
}
