using System.Diagnostics;
using Npgsql;
using Torch.EventStore.Chaining;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Copying;

/// <summary>
/// Brings an export into a database, positions, versions, ids and timestamps as they were. Batches are transactions of their own, so an
/// import that was killed goes on where it stopped; what is there already is compared and skipped. No Torch may run on the database.
/// </summary>
/// <param name="tables">The side tables that may be in the file.</param>
public sealed class LogImport(NpgsqlDataSource dataSource, IReadOnlyList<SideTable> tables)
{
    /// <summary>Called after each batch with the position that was reached and the last one.</summary>
    public Action<long, long>? OnBatch { get; init; }

    /// <param name="file">A path, or <c>-</c> for standard input. A file is read to its end before anything is written.</param>
    /// <exception cref="LogCopyException">The file or the database is not what it must be; whole batches stay.</exception>
    public async Task<CopyReport> RunAsync(string file, CancellationToken cancellationToken)
    {
        if (!CopyFile.IsPipe(file))
            CopyFile.Check(file);
        var start = Stopwatch.GetTimestamp();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await ImportGuard.TakeAsync(connection, cancellationToken);
        try
        {
            await using var stream = CopyFile.OpenRead(file);
            using var run = new ImportRun(connection, tables, new LineReader(stream), OnBatch);
            await run.ReadAsync(file, cancellationToken);
            await new JournalChainWriter(dataSource, key: null).CloseAsync(cancellationToken);
            await new ImportEnd(connection, run).RunAsync(cancellationToken);
            var header = run.Header;
            return new CopyReport(header.From, header.To, run.Events, run.Skipped, Stopwatch.GetElapsedTime(start));
        }
        finally
        {
            // The pool keeps the session open: the lock must be given back by hand.
            if (connection.State == System.Data.ConnectionState.Open)
                await ImportGuard.ReleaseAsync(connection);
        }
    }
}

/// <summary>An event of a file.</summary>
/// <param name="Line">Where it stands, from 1.</param>
internal sealed record ImportedEvent(StoredEvent Stored, string? StreamType, long Line);
