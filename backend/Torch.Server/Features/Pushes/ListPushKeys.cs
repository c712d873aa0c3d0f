using Npgsql;
using Torch.Contracts;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Pushes;

internal static class ListPushKeys
{
    private const string Query = """
        select id, name, source, prefix, created_at from torch.push_keys
        where $1::text is null or (name, id) > ($1, $2::uuid)
        order by name, id
        limit $3
        """;

    /// <summary>All push keys, by name, without their tokens.</summary>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    public static async Task<Page<PushKeyView>> Handle(
        int? limit,
        string? after,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var (name, id) = Cursor.ReadNameAndId(after);
        var position = reads.Position;
        var rows = await db.QueryAsync(Query, [name, id, most + 1], Row, cancellationToken);
        return Paging.Of(rows, most, k => Cursor.Write(k.Name, k.Id), position);
    }

    private static PushKeyView Row(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetString(1),
            row.Maybe<string>(2),
            row.Maybe<string>(3),
            row.GetFieldValue<DateTimeOffset>(4)
        );
}
