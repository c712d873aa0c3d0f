using Npgsql;
using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features.Checks;

/// <summary>The recorded gaps of a check, and those of all.</summary>
internal static class GapReading
{
    private const string Query = """
        select from_at, to_at, reason, results, place from (
            select from_at, coalesce(to_at, $3) as to_at, reason, nullif(results, 0) as results,
                coalesce(place, case when agent_id is not null then location end) as place, position
            from torch.gaps where subject_id = $1
            union all
            select from_at, to_at, 'away', null, null, position from torch.absences) g
        where from_at < $3 and to_at > $2
        order by from_at, position limit 1000
        """;

    public static async Task<IReadOnlyList<GapView>> ReadAsync(
        NpgsqlDataSource db,
        Guid checkId,
        TimeRange range,
        CancellationToken cancellationToken
    ) =>
        await db.QueryAsync(
            Query,
            [checkId, range.From, range.To],
            r => new GapView(
                r.GetFieldValue<DateTimeOffset>(0),
                r.GetFieldValue<DateTimeOffset>(1),
                r.GetString(2),
                r.Maybe<long?>(3),
                r.Maybe<string>(4)
            ),
            cancellationToken
        );
}
