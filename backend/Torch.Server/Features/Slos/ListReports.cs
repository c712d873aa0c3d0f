using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Slos;

internal static class ListReports
{
    private const int AtOnce = 4;

    private const string Query = """
        select id, name from torch.objectives
        where ($1::text is null or (name, id) > ($1, $2::uuid)) and ($3::uuid is null or node_id = $3)
            and ($5::uuid[] is null or node_id = any($5))
        order by name, id limit $4
        """;

    /// <summary>How every objective is met, by name.</summary>
    /// <remarks>The reports of the objectives that there are now, as each of them alone; one that did not exist at the position is left out.</remarks>
    /// <param name="asOf">RFC 3339, not in the future: the moment that the windows end at. Now where absent.</param>
    /// <param name="atPosition">What is known: the events up to this position. All of them where absent.</param>
    /// <param name="node">Only those of one node.</param>
    /// <param name="outages">How many outages each lists, the latest: 0 to 1,000; none where absent. All are counted.</param>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    public static async Task<Page<ObjectiveReport>> Handle(
        string? asOf,
        string? atPosition,
        Guid? node,
        int? outages,
        int? limit,
        string? after,
        NpgsqlDataSource db,
        ReportMaking making,
        ReportAsking asking,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        if (outages is < 0 or > ReportText.MostOutages)
            throw new FaultException(Fault.Invalid("outages", $"must be from 0 to {ReportText.MostOutages}"));
        var (most, (name, id)) = (Limit.Of(limit), Cursor.ReadNameAndId(after));
        var asked = await asking.ReadAsync(Guid.Empty, asOf, atPosition, sight, cancellationToken);
        asked = asked with { MostOutages = outages ?? 0 };
        var found = await db.QueryAsync(
            Query,
            [name, id, node, most + 1, sight.Nodes],
            r => (Id: r.GetGuid(0), Name: r.GetString(1)),
            cancellationToken
        );
        var page = Paging.Of(found, most, o => Cursor.Write(o.Name, o.Id), asked.Position);
        var reports = new ObjectiveReport?[page.Items.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, reports.Length),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, ct) => reports[i] = await making.MakeAsync(asked with { Id = page.Items[i].Id }, ct)
        );
        return new([.. reports.OfType<ObjectiveReport>()], page.Next, asked.Position);
    }
}
