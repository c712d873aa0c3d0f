using Npgsql;

namespace Torch.EventStore.Projecting;

/// <summary>Tells a page that cannot be folded from a moment at which nothing can.</summary>
internal static class FoldFaults
{
    // Missing tables, columns or rights are no event's fault: parking would go through the whole log. Waiting for them is right.
    private static readonly HashSet<string> OfTheTables = new(StringComparer.Ordinal)
    {
        PostgresErrorCodes.UndefinedTable,
        PostgresErrorCodes.UndefinedColumn,
        PostgresErrorCodes.InvalidSchemaName,
        PostgresErrorCodes.InsufficientPrivilege,
    };

    public static bool IsOfTheEvents(Exception exception, CancellationToken cancellationToken) =>
        !DatabaseFaults.IsPassing(exception)
        && exception is not CheckpointLostException
        && !(exception is PostgresException e && OfTheTables.Contains(e.SqlState))
        && !cancellationToken.IsCancellationRequested;
}
