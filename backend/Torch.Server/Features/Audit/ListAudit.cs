using System.Globalization;
using Npgsql;
using Torch.Server.Auditing;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Audit;

internal static class ListAudit
{
    private const string CheckOf = "select check_id from torch.nodes where id = $1 and check_id is not null";

    /// <summary>Who changed what, when, from where and why, with before and after; newest first.</summary>
    /// <remarks>
    /// Changes that people made, not what followed from them: transitions and observations are at <c>/api/v1/events</c>. With
    /// <c>Accept: application/x-ndjson</c> all that match come as CloudEvents 1.0, a line each, oldest first.
    /// </remarks>
    /// <param name="node">One node's changes: of itself, its place, its check, its dependencies, maintenance and objectives.</param>
    /// <param name="person">Who, to the letter.</param>
    /// <param name="types">Names of events, parted by commas: <c>rules_published,node_renamed</c>.</param>
    /// <param name="from">RFC 3339, inclusive.</param>
    /// <param name="to">RFC 3339, exclusive.</param>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="before">The <c>next</c> of the page before: a position, exclusive.</param>
    public static async Task<IResult> Handle(
        Guid? node,
        string? person,
        string? types,
        string? from,
        string? to,
        int? limit,
        long? before,
        HttpContext http,
        AuditReading reading,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var asked = new AuditAsked(
            before,
            node is { } id ? [id, .. await db.QueryAsync(CheckOf, [id], r => r.GetGuid(0), cancellationToken)] : null,
            string.IsNullOrEmpty(person) ? null : person,
            TypesOf(types),
            TimeRange.Parse(from, "from"),
            TimeRange.Parse(to, "to")
        );
        if (NdJson.IsAskedFor(http.Request))
            return NdJson.Answer(reading.OldestAsync(asked, http.RequestAborted));
        var (most, position) = (Limit.Of(limit), reads.Position);
        var entries = await reading.NewestAsync(asked, most + 1, cancellationToken);
        var page = Paging.Of([.. entries], most, e => e.Position.ToString(CultureInfo.InvariantCulture), position);
        return Results.Ok(page);
    }

    private static string[]? TypesOf(string? types)
    {
        if (string.IsNullOrEmpty(types))
            return null;
        var named = types.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return named.FirstOrDefault(t => !ChangeCatalog.Forms.ContainsKey(t)) is { } stranger
            ? throw new FaultException(
                Fault.Invalid(
                    "types",
                    $"\"{stranger}\" is no change; those are {string.Join(", ", ChangeCatalog.Forms.Keys.Order())}"
                )
            )
            : named;
    }
}
