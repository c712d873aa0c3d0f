using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Npgsql;
using Torch.Domain.Retention;
using Torch.EventStore;
using Torch.EventStore.Retention;
using Torch.Server.Features;

namespace Torch.Server.Retaining;

/// <summary>
/// Copies a partition into a file before it goes: gzipped lines of CloudEvents. Each page is a gzip member of its own, synced before its
/// length is written down, so that a killed run cuts off what came after and goes on. The file gets its name last, and counts only once it
/// has been read back, line for line.
/// </summary>
internal sealed class ArchiveWriter(NpgsqlDataSource db, EventLog log)
{
    private const int PageSize = 10_000;

    private sealed record Progress(string File, long Position, long Bytes, string? Sha256);

    /// <summary>The finished file, made as far as the budget goes; null where it is not finished.</summary>
    /// <exception cref="IOException">The folder is not there, may not be written to, or is full; or the file is not what was written.</exception>
    public async Task<ArchiveFile?> WriteAsync(
        string folder,
        TelemetryPartition partition,
        WorkBudget budget,
        CancellationToken cancellationToken
    )
    {
        var at = await ProgressAsync(partition, cancellationToken);
        var file = Path.Combine(folder, at.File);
        if (at.Sha256 is { } sha256 && File.Exists(file) && new FileInfo(file).Length == at.Bytes)
            return new ArchiveFile(at.File, at.Bytes, sha256);
        if (await FillAsync(file + ".part", partition, at, budget, cancellationToken) is not { } bytes)
            return null;
        await VerifyAsync(file + ".part", partition, cancellationToken);
        File.Move(file + ".part", file, overwrite: true);
        var hash = await HashAsync(file, cancellationToken);
        await SaveAsync(partition, partition.ToPosition - 1, bytes, hash, cancellationToken);
        return new ArchiveFile(at.File, bytes, hash);
    }

    // Answers the file's length, or null where the budget is spent.
    private async Task<long?> FillAsync(
        string path,
        TelemetryPartition partition,
        Progress at,
        WorkBudget budget,
        CancellationToken cancellationToken
    )
    {
        await using var output = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        var (position, bytes) = output.Length < at.Bytes ? (partition.FromPosition - 1, 0) : (at.Position, at.Bytes);
        output.SetLength(bytes);
        output.Seek(bytes, SeekOrigin.Begin);
        while (position < partition.ToPosition - 1)
        {
            var page = await PageAsync(partition, position, cancellationToken);
            await using (var zip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
                await zip.WriteAsync(Lines(page.Events), cancellationToken);
            output.Flush(flushToDisk: true);
            position = page.Through;
            await SaveAsync(partition, position, output.Length, null, cancellationToken);
            if (budget.IsSpent && position < partition.ToPosition - 1)
                return null;
        }
        return output.Length;
    }

    private async Task VerifyAsync(string path, TelemetryPartition partition, CancellationToken cancellationToken)
    {
        await using var input = new FileStream(path, FileMode.Open, FileAccess.Read);
        await using var text = new BufferedStream(new GZipStream(input, CompressionMode.Decompress));
        var (position, rows) = (partition.FromPosition - 1, 0L);
        while (position < partition.ToPosition - 1)
        {
            var page = await PageAsync(partition, position, cancellationToken);
            var expected = Lines(page.Events);
            var found = new byte[expected.Length];
            var read = await text.ReadAtLeastAsync(found, found.Length, throwOnEndOfStream: false, cancellationToken);
            if (read != found.Length || !expected.Span.SequenceEqual(found))
                throw new IOException($"{path} does not hold what was written to it, after position {position}");
            (position, rows) = (page.Through, rows + page.Events.Count);
        }
        if (text.ReadByte() != -1 || rows != partition.Contents!.Rows)
            throw new IOException($"{path} holds other than the {partition.Contents!.Rows} events of {partition.Name}");
    }

    private async Task<EventPage> PageAsync(
        TelemetryPartition partition,
        long after,
        CancellationToken cancellationToken
    )
    {
        var page = await log.ReadPageAsync(new PageRead(after, PageSize, Log.Telemetry), cancellationToken);
        var last = partition.ToPosition - 1;
        return new EventPage(
            [.. page.Events.Where(e => e.Position <= last)],
            page.IsLive ? last : Math.Min(page.Through, last),
            page.IsLive
        );
    }

    private static ReadOnlyMemory<byte> Lines(IReadOnlyList<RecordedEvent> events)
    {
        var lines = new MemoryStream();
        foreach (var recorded in events)
            CloudEvents.Write(lines, recorded);
        return lines.GetBuffer().AsMemory(0, (int)lines.Length);
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var input = new FileStream(path, FileMode.Open, FileAccess.Read);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(input, cancellationToken));
    }

    private async Task<Progress> ProgressAsync(TelemetryPartition partition, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select file, position, bytes, sha256 from {SealedTables.Schema}.archives where partition = $1
            """;
        var rows = await db.QueryAsync(
            sql,
            [partition.Name],
            r => new Progress(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.Maybe<string>(3)),
            cancellationToken
        );
        return rows is [var known] ? known : new Progress(NameOf(partition), partition.FromPosition - 1, 0, null);
    }

    private async Task SaveAsync(
        TelemetryPartition partition,
        long position,
        long bytes,
        string? sha256,
        CancellationToken cancellationToken
    )
    {
        const string sql = $"""
            insert into {SealedTables.Schema}.archives (partition, file, position, bytes, sha256) values ($1, $2, $3, $4, $5)
            on conflict (partition) do update
            set position = excluded.position, bytes = excluded.bytes, sha256 = excluded.sha256
            """;
        await using var command = db.CreateCommand(sql);
        foreach (var value in (object?[])[partition.Name, NameOf(partition), position, bytes, sha256])
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string NameOf(TelemetryPartition partition) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"telemetry-{partition.FromPosition}-{partition.ToPosition}{Time(partition.Contents!.First)}{Time(partition.Contents.Last)}.ndjson.gz"
        );

    private static string Time(EventAt? at) =>
        at is null ? "" : "-" + at.Time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
