using Npgsql;
using Torch.Contracts;
using Torch.Domain.Statuses;

namespace Torch.Server.Features.Statuses;

internal static class ListStatuses
{
    private const string Own = """
        select name, label, severity, available, shape, colour from torch.statuses where not removed order by ordinal
        """;

    /// <summary>Every status that a node can have: the built-in ones, and the workspace's own.</summary>
    public static async Task<IReadOnlyList<StatusView>> Handle(
        NpgsqlDataSource db,
        CancellationToken cancellationToken
    ) =>
        [
            .. StatusCatalog.BuiltIn.All.Select(s => new StatusView(
                s.Name,
                s.Label,
                s.Severity,
                s.Available,
                s.Shape,
                true
            )),
            .. await db.QueryAsync(Own, [], Row, cancellationToken),
        ];

    private static StatusView Row(NpgsqlDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.Maybe<int?>(2),
            row.Maybe<bool?>(3),
            row.GetString(4),
            false,
            row.GetString(5)
        );
}
