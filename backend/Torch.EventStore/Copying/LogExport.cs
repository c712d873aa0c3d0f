using System.Diagnostics;
using Npgsql;
using Torch.EventStore.Chaining;

namespace Torch.EventStore.Copying;

/// <summary>
/// Writes the log as NDJSON: a header, what stands in front of the events, the events in position order, what stands behind them, a
/// trailer with their count and hash. Beside a live Torch, in keyset pages.
/// </summary>
public sealed class LogExport(NpgsqlDataSource dataSource, ExportOptions options)
{
    private readonly StreamTypes _types = new();
    private readonly ExpiredStreams _expired = new();

    /// <param name="file">A path, <c>-</c> for standard output. Compressed where it ends in <c>.gz</c>.</param>
    /// <exception cref="LogCopyException">The file is there already, or cannot be written.</exception>
    public async Task<CopyReport> RunAsync(string file, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var stream = CopyFile.Create(file, replace: false, CopyFile.IsCompressed(file));
        using var writer = new CopyWriter(stream);
        var header = await BeginAsync(connection, writer, cancellationToken);
        return await FinishAsync(connection, writer, stream, header, header.From - 1, cancellationToken);
    }

    /// <summary>Goes on with a file whose export was interrupted, after its last whole event; its range stays as it was.</summary>
    /// <exception cref="LogCopyException">It is finished, or is no export.</exception>
    public async Task<CopyReport> ResumeAsync(string file, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var unfinished = file + ".resumed";
        CopyReport report;
        await using (var stream = CopyFile.Create(unfinished, replace: true, CopyFile.IsCompressed(file)))
        {
            using var writer = new CopyWriter(stream);
            var kept = InterruptedExport.Keep(file, writer, _expired.Meet);
            report = kept is { } start
                ? await FinishAsync(connection, writer, stream, start.Header, start.Position, cancellationToken)
                : await FromTheStartAsync(connection, writer, stream, cancellationToken);
        }
        File.Move(unfinished, file, overwrite: true);
        return report;
    }

    private async Task<CopyReport> FromTheStartAsync(
        NpgsqlConnection connection,
        CopyWriter writer,
        Stream stream,
        CancellationToken cancellationToken
    )
    {
        var header = await BeginAsync(connection, writer, cancellationToken);
        return await FinishAsync(connection, writer, stream, header, header.From - 1, cancellationToken);
    }

    // The head, the checkpoints and the tables that are state belong together: one snapshot, over in milliseconds.
    private async Task<CopyHeader> BeginAsync(
        NpgsqlConnection connection,
        CopyWriter writer,
        CancellationToken cancellationToken
    )
    {
        await using var snapshot = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            cancellationToken
        );
        var head = await HeadAsync(connection, cancellationToken);
        var to = Math.Min(options.To ?? head, head);
        var checkpoints = await CheckpointsAsync(connection, to, cancellationToken);
        var header = new CopyHeader(
            CopyHeader.Kind,
            CopyHeader.CurrentFormat,
            options.Version,
            options.Workspace,
            options.Log,
            options.From,
            to,
            to < head ? to : await DrawnAsync(connection, cancellationToken),
            checkpoints
        );
        writer.Header(header);
        foreach (var table in Tables(header.Log).Where(t => t.Position is null))
            await SideRows.WriteAsync(connection, table, Filter(table, to), writer, cancellationToken);
        await snapshot.CommitAsync(cancellationToken);
        return header;
    }

    private async Task<CopyReport> FinishAsync(
        NpgsqlConnection connection,
        CopyWriter writer,
        Stream stream,
        CopyHeader header,
        long after,
        CancellationToken cancellationToken
    )
    {
        var start = Stopwatch.GetTimestamp();
        var edge = await LowerEdgeAsync(connection, cancellationToken);
        while (await PageAsync(connection, writer, header, after, cancellationToken) is { } last)
        {
            after = last;
            options.OnPage?.Invoke(last, header.To);
        }
        if (header.From == 1 && header.Log != Log.Journal)
            await _expired.WriteAsync(connection, writer, cancellationToken);
        foreach (var table in Tables(header.Log).Where(t => t.Position is not null))
        {
            var filter = $"({table.Where}) and {table.Position} between {header.From} and {header.To}";
            await SideRows.WriteAsync(connection, table, filter, writer, cancellationToken);
        }
        if (header.From <= edge && edge < await LowerEdgeAsync(connection, cancellationToken))
            throw new LogCopyException("retention dropped a partition during the export: export again");
        writer.Trailer();
        await stream.FlushAsync(cancellationToken);
        return new CopyReport(header.From, header.To, writer.Events, 0, Stopwatch.GetElapsedTime(start));
    }

    private async Task<long?> PageAsync(
        NpgsqlConnection connection,
        CopyWriter writer,
        CopyHeader header,
        long after,
        CancellationToken cancellationToken
    )
    {
        if (after >= header.To)
            return null;
        var page = await StoredPages.AfterAsync(
            connection,
            header.Log,
            after,
            header.To,
            options.PageSize,
            cancellationToken
        );
        await _types.LearnAsync(connection, page, cancellationToken);
        foreach (var stored in page)
        {
            writer.Event(stored, _types.Of(stored));
            _expired.Meet(stored.Log, stored.StreamId, stored.Version, stored.Micros);
        }
        return page.Count < options.PageSize ? null : page[^1].Position;
    }

    private IEnumerable<SideTable> Tables(Log? log) => options.Tables.Where(t => log is null || t.Log == log);

    private static string Filter(SideTable table, long to) =>
        table.Name == SideTable.Partitions ? $"from_position <= {to}" : table.Where;

    private async Task<Dictionary<string, long>> CheckpointsAsync(
        NpgsqlConnection connection,
        long to,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            select name, last_seq_id from journal.mt_event_progression where name = any ($1) and last_seq_id > 0 order by name
            """;
        await using var command = ChainTable.Command(connection, sql, (object)options.Checkpoints.ToArray());
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var checkpoints = new Dictionary<string, long>();
        while (await rows.ReadAsync(cancellationToken))
            checkpoints[rows.GetString(0)] = Math.Min(rows.GetInt64(1), to);
        return checkpoints;
    }

    private static Task<long> HeadAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        NumberAsync(connection, "select torch_log.head()", cancellationToken);

    private static Task<long> DrawnAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        NumberAsync(connection, "select last_value from torch_log.positions", cancellationToken);

    private static Task<long> LowerEdgeAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        NumberAsync(
            connection,
            "select coalesce(min(from_position), 0) from torch_log.telemetry_partitions",
            cancellationToken
        );

    private static async Task<long> NumberAsync(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
