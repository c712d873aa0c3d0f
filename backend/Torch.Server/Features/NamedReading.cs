using Npgsql;
using Torch.Contracts;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features;

/// <summary>Rows of a read table that people know by a name: page by page in the order of it, or one.</summary>
/// <param name="Rows">The select without a condition; its table has <c>id</c> and the name.</param>
/// <param name="Name">The name's column.</param>
/// <param name="What">One of them, for who asks for one that is not there.</param>
/// <param name="View">A row, read at a position.</param>
/// <param name="Key">What it is called and its id.</param>
internal sealed record NamedReading<T>(
    string Rows,
    string Name,
    string What,
    Func<NpgsqlDataReader, long, T> View,
    Func<T, (string Name, Guid Id, long Version)> Key
)
{
    private readonly string _page =
        $"{Rows} where $1::text is null or ({Name}, id) > ($1, $2::uuid) order by {Name}, id limit $3";

    private readonly string _one = Rows + " where id = $1";

    public async Task<Page<T>> PageAsync(
        NpgsqlDataSource db,
        IReadPosition reads,
        int? limit,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var (name, id) = Cursor.ReadNameAndId(after);
        var position = reads.Position;
        var rows = await db.QueryAsync(_page, [name, id, most + 1], r => View(r, position), cancellationToken);
        return Paging.Of(rows, most, r => Cursor.Write(Key(r).Name, Key(r).Id), position);
    }

    /// <summary>With its version as the answer's ETag.</summary>
    /// <exception cref="FaultException">There is none.</exception>
    public async Task<T> OneAsync(
        NpgsqlDataSource db,
        IReadPosition reads,
        Guid id,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var position = reads.Position;
        var rows = await db.QueryAsync(_one, [id], r => View(r, position), cancellationToken);
        if (rows is not [var row])
            throw new FaultException(Fault.NotFound(What));
        http.Response.SetETag(Key(row).Version);
        return row;
    }
}
