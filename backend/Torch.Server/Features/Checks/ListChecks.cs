using Npgsql;
using Torch.Contracts;
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
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var cursor = Cursor.ReadNameAndId(after);
        var position = reads.Position;
        var rows = await CheckReading.PageAsync(db, cursor, most + 1, cancellationToken);
        return Paging.Of(rows, most, c => Cursor.Write(c.Name, c.Id), position);
    }
}
