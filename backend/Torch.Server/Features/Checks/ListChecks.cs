using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Checks;

internal static class ListChecks
{
    /// <summary>All checks, by name.</summary>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    public static async Task<Page<CheckView>> Handle(
        int? limit,
        string? after,
        NpgsqlDataSource db,
        IReadPosition reads,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var cursor = Cursor.ReadNameAndId(after);
        var position = reads.Position;
        var rows = sight.IsLimited
            ? await CheckReading.PageAsync(
                db,
                await InSightAsync(db, sight, cancellationToken),
                cursor,
                most + 1,
                cancellationToken
            )
            : await CheckReading.PageAsync(db, cursor, most + 1, cancellationToken);
        return Paging.Of(
            [.. rows.Select(c => CheckReading.Within(sight, c))],
            most,
            c => Cursor.Write(c.Name, c.Id),
            position
        );
    }

    private static async Task<Guid[]> InSightAsync(NpgsqlDataSource db, Sight sight, CancellationToken ct)
    {
        const string shown = "select distinct check_id from torch.nodes where check_id is not null and id = any($1)";
        return [.. await db.QueryAsync(shown, [sight.Nodes], r => r.GetGuid(0), ct)];
    }
}
