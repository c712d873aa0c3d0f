using Npgsql;

namespace Torch.Server.Features.Checks;

/// <summary>How far back raw observations go.</summary>
internal static class RetainedObservations
{
    private const string Query = """
        select e.timestamp from telemetry.mt_events e
        where exists (select from torch_sealed.partitions where dropped_at is not null)
        order by e.seq_id limit 1
        """;

    /// <summary>The oldest that is here; null while none have gone, so that what is here is all there was.</summary>
    public static async Task<DateTimeOffset?> FromAsync(NpgsqlDataSource db, CancellationToken cancellationToken) =>
        await db.QueryAsync(Query, [], r => r.GetFieldValue<DateTimeOffset>(0), cancellationToken) is [var from]
            ? from
            : null;
}
