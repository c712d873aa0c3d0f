using Npgsql;
using Torch.Contracts;
using Torch.Server.Events;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Nodes.Rules;

internal static class GetRules
{
    private const string Query = """
        select rules, rules_version, rules_reason, rules_author, rules_at, version from torch.nodes where id = $1
        """;

    /// <summary>The rules in force on a node.</summary>
    public static async Task<RulesView> Handle(
        Guid id,
        HttpContext http,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var position = reads.Position;
        var rows = await db.QueryAsync(Query, [id], row => Row(id, row, position), cancellationToken);
        if (rows.Count == 0)
            throw new FaultException(Fault.NotFound("node"));
        http.Response.SetETag(rows[0].ETag);
        return rows[0];
    }

    private static RulesView Row(Guid id, NpgsqlDataReader row, long position)
    {
        var rules = EventCodec.Rules(row.GetFieldValue<byte[]>(0));
        return new RulesView(
            id,
            [.. rules.Rules.Select(RuleMapping.View)],
            rules.RollUp.ToString(),
            RuleMapping.Text(rules.Match),
            row.Maybe<string>(2),
            row.Maybe<string>(3),
            row.Maybe<DateTimeOffset?>(4),
            row.GetInt64(1),
            row.GetInt64(5),
            position,
            TimingMapping.View(rules.Timing)
        );
    }
}
