using Npgsql;
using Torch.Contracts;
using Torch.Domain.Rules;
using Torch.Server.Auth;
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
    /// <param name="version">A publication, from 1, rather than the one that is in force.</param>
    /// <param name="asOf">RFC 3339: those that were in force then.</param>
    /// <param name="atPosition">Those that were in force at a position.</param>
    public static async Task<RulesView> Handle(
        Guid id,
        long? version,
        string? asOf,
        string? atPosition,
        PastReading past,
        JournalStreams streams,
        NamedChildren named,
        HttpContext http,
        NpgsqlDataSource db,
        IReadPosition reads,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        sight.Require(id);
        var instant = await past.PositionAsync(asOf, atPosition, cancellationToken);
        if (version is not null || instant is not null)
            return await PastAsync(id, version, instant ?? long.MaxValue, streams, cancellationToken);
        var position = reads.Position;
        var rows = await db.QueryAsync(Query, [id], row => Row(id, row, position, named), cancellationToken);
        if (rows.Count == 0)
            throw new FaultException(Fault.NotFound("node"));
        http.Response.SetETag(rows[0].ETag);
        return rows[0];
    }

    private static async Task<RulesView> PastAsync(
        Guid id,
        long? version,
        long position,
        JournalStreams streams,
        CancellationToken ct
    )
    {
        var publications =
            await streams.PublicationsAsync(id, position, ct) ?? throw new FaultException(Fault.NotFound("node"));
        var found = version is null
            ? publications.LastOrDefault()
            : publications.FirstOrDefault(p => p.Event.Version == version)
                ?? throw new FaultException(Fault.NotFound("version of these rules"));
        return found is null ? None(id, position) : View(found);
    }

    private static RulesView None(Guid id, long position) =>
        new(
            id,
            [],
            RuleSet.Empty.RollUp.ToString(),
            RuleMapping.Text(RuleSet.Empty.Match),
            null,
            null,
            null,
            0,
            0,
            position
        );

    private static RulesView View(Publication publication) =>
        new(
            publication.Event.NodeId,
            [.. publication.Event.Rules.Rules.Select(RuleMapping.View)],
            publication.Event.Rules.RollUp.ToString(),
            RuleMapping.Text(publication.Event.Rules.Match),
            publication.Event.Reason,
            publication.Author,
            publication.Recorded.Timestamp,
            publication.Event.Version,
            publication.Recorded.Version,
            publication.Recorded.Position,
            TimingMapping.View(publication.Event.Rules.Timing),
            publication.Event.Rules.TimeZone
        );

    private static RulesView Row(Guid id, NpgsqlDataReader row, long position, NamedChildren named)
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
            TimingMapping.View(rules.Timing),
            rules.TimeZone,
            named.Warnings(id, rules) is { Count: > 0 } warnings ? warnings : null
        );
    }
}
