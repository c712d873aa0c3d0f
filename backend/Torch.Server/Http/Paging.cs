using Torch.Contracts;

namespace Torch.Server.Http;

/// <summary>Cuts one row more than asked for into a page and the cursor of the next.</summary>
internal static class Paging
{
    public static Page<T> Of<T>(IReadOnlyList<T> rows, int limit, Func<T, string> cursor, long position) =>
        rows.Count > limit
            ? new Page<T>([.. rows.Take(limit)], cursor(rows[limit - 1]), position)
            : new Page<T>(rows, null, position);
}
