using Npgsql;
using Torch.Domain.Servers;
using Torch.Server.Features;

namespace Torch.Server.Measuring;

/// <summary>Sees how rebuilds of read models have ended, whichever server carried them out.</summary>
internal sealed class RebuildWatch(NpgsqlDataSource db, TimeProvider time)
{
    // Keys that make repeats one event are kept for a day: what ended before that was told, or is not news.
    private static readonly TimeSpan Back = TimeSpan.FromHours(12);

    private const string Query = """
        select projection, outcome, started_at, ended_at, position from torch_log.rebuild_results
        where ended_at > $1 order by ended_at
        """;

    private DateTimeOffset? _seen;

    /// <summary>Those that ended that were not told yet, oldest first.</summary>
    public async Task<IReadOnlyList<ProjectionRebuilt>> NewAsync(CancellationToken cancellationToken) =>
        await db.QueryAsync(
            Query,
            [_seen ?? time.GetUtcNow() - Back],
            r => new ProjectionRebuilt(
                r.GetString(0).Split(':')[0],
                r.GetString(1),
                r.GetFieldValue<DateTimeOffset>(2),
                r.GetFieldValue<DateTimeOffset>(3),
                r.GetInt64(4)
            ),
            cancellationToken
        );

    /// <summary>It is in the log.</summary>
    public void Told(ProjectionRebuilt rebuilt) => _seen = rebuilt.EndedAt;
}
