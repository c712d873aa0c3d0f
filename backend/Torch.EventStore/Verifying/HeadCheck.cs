using System.Globalization;
using Npgsql;
using Torch.EventStore.Chaining;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Verifying;

/// <summary>Each stream's row names its newest version. What an append has moved since the pass is looked at again, row and events in one statement.</summary>
internal sealed class HeadCheck(NpgsqlConnection connection, Findings findings, Log log, StreamHeads seen)
{
    private const int PageSize = 10_000;
    private const int AgainSize = 1_000;

    private readonly HashSet<Guid> _rows = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var after = Guid.Empty;
        for (var isFirst = true; ; isFirst = false)
        {
            var page = await PageAsync(after, isFirst, cancellationToken);
            _rows.UnionWith(page.Select(p => p.Id));
            foreach (var suspects in page.Where(IsSuspect).Select(p => p.Id).Chunk(AgainSize))
                await AgainAsync(suspects, cancellationToken);
            if (page.Count < PageSize)
                break;
            after = page[^1].Id;
        }
        ReportMissing();
    }

    private bool IsSuspect((Guid Id, long Version) row) =>
        !seen.All.TryGetValue(row.Id, out var head) || head.Version != row.Version;

    private async Task<List<(Guid Id, long Version)>> PageAsync(
        Guid after,
        bool isFirst,
        CancellationToken cancellationToken
    )
    {
        var comparison = isFirst ? ">=" : ">";
        var sql = $"""
            select id, coalesce(version, 0) from {log.Schema()}.mt_streams where id {comparison} $1 order by id limit {PageSize}
            """;
        await using var command = ChainTable.Command(connection, sql, after);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<(Guid, long)>();
        while (await rows.ReadAsync(cancellationToken))
            page.Add((rows.GetGuid(0), rows.GetInt64(1)));
        return page;
    }

    private async Task AgainAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        var sql = $"""
            select s.id, coalesce(s.version, 0), e.version, e.seq_id,
                (select coalesce(min(from_position), 0) from torch_log.telemetry_partitions)
            from {log.Schema()}.mt_streams s left join lateral (
                select version, seq_id from {log.Schema()}.mt_events where stream_id = s.id order by version desc limit 1
            ) e on true where s.id = any ($1)
            """;
        await using var command = ChainTable.Command(connection, sql, ids);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            Judge(
                rows.GetGuid(0),
                rows.GetInt64(1),
                rows.IsDBNull(2) ? null : (rows.GetInt64(2), rows.GetInt64(3)),
                rows.GetInt64(4)
            );
    }

    private void Judge(Guid id, long version, (long Version, long Position)? newest, long lowerEdge)
    {
        // All of a stream may have gone with its partitions; its next version is remembered by this row alone.
        var hasExpired = newest is null && log == Log.Telemetry && lowerEdge > 0;
        if (hasExpired || newest?.Version == version)
            return;
        findings.Add(
            new("heads", "a stream's row is not at its newest event")
            {
                Log = log,
                Stream = id,
                Position = newest?.Position,
                Expected = "version " + (newest?.Version ?? 0).ToString(CultureInfo.InvariantCulture),
                Found = "version " + version.ToString(CultureInfo.InvariantCulture),
            }
        );
    }

    private void ReportMissing()
    {
        foreach (var (id, head) in seen.All)
            if (!_rows.Contains(id))
                findings.Add(
                    new("heads", "a stream has events but no row")
                    {
                        Log = log,
                        Stream = id,
                        Position = head.Position,
                        Expected = "version " + head.Version.ToString(CultureInfo.InvariantCulture),
                        Found = "no row",
                    }
                );
    }
}
