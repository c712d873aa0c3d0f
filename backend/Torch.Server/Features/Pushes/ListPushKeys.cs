using Npgsql;
using Torch.Contracts;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Pushes;

internal static class ListPushKeys
{
    private static readonly NamedReading<PushKeyView> Named = new(
        "select id, name, source, prefix, created_at from torch.push_keys",
        "name",
        "push key",
        Row,
        k => (k.Name, k.Id, 0)
    );

    /// <summary>All push keys, by name, without their tokens.</summary>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    public static Task<Page<PushKeyView>> Handle(
        int? limit,
        string? after,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    ) => Named.PageAsync(db, reads, limit, after, cancellationToken);

    private static PushKeyView Row(NpgsqlDataReader row, long position) =>
        new(
            row.GetGuid(0),
            row.GetString(1),
            row.Maybe<string>(2),
            row.Maybe<string>(3),
            row.GetFieldValue<DateTimeOffset>(4)
        );
}
