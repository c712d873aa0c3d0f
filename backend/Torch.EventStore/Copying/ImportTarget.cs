using System.Globalization;
using Npgsql;
using Torch.EventStore.Canonical;
using Torch.EventStore.Chaining;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Copying;

/// <summary>The database of an import: compares what it holds already and takes what is new, a batch per transaction.</summary>
internal sealed class ImportTarget
{
    private readonly NpgsqlConnection _connection;
    private readonly CopyHeader _header;
    private long _position;
    private long _micros;
    private bool _isPrepared;

    private ImportTarget(NpgsqlConnection connection, CopyHeader header) =>
        (_connection, _header, _position) = (connection, header, header.From - 1);

    /// <summary>Events that were there already.</summary>
    public long Skipped { get; private set; }

    /// <exception cref="LogCopyException">The file does not follow on what the database holds.</exception>
    public static async Task<ImportTarget> OpenAsync(
        NpgsqlConnection connection,
        CopyHeader header,
        byte[] id,
        CancellationToken cancellationToken
    )
    {
        const string others = "select exists (select from torch_log.imports where finished_at is null and id <> $1)";
        await using var unfinished = ChainTable.Command(connection, others, id);
        if (await unfinished.ExecuteScalarAsync(cancellationToken) is true)
            throw new LogCopyException("another import into this database was not finished: finish that one first");
        var drawn = await NumberAsync(connection, "select last_value from torch_log.positions", cancellationToken);
        if (drawn < header.From - 1)
            throw new LogCopyException(
                $"the export begins at position {header.From}, but the database ends at {drawn}: import what lies between first"
            );
        const string begin = """
            insert into torch_log.imports (id, from_position, to_position) values ($1, $2, $3) on conflict (id) do nothing
            """;
        await using var command = ChainTable.Command(connection, begin, id, header.From, header.To);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new ImportTarget(connection, header);
    }

    /// <summary>Makes the partitions that the file's telemetry stood in. Once.</summary>
    public async Task PrepareAsync(IReadOnlyList<string> partitions, CancellationToken cancellationToken)
    {
        if (_isPrepared)
            return;
        await new ImportPartitions(_connection).PrepareAsync(partitions, cancellationToken);
        _isPrepared = true;
    }

    public async Task WriteAsync(IReadOnlyList<ImportedEvent> batch, CancellationToken cancellationToken)
    {
        JudgeOrder(batch);
        await using var transaction = await _connection.BeginTransactionAsync(cancellationToken);
        await using (var append = ChainTable.Command(_connection, "select pg_advisory_xact_lock($1)", LogLocks.Append))
            await append.ExecuteNonQueryAsync(cancellationToken);
        var head = await NumberAsync(_connection, "select torch_log.head()", cancellationToken);
        var old = batch.TakeWhile(e => e.Stored.Position <= head).ToList();
        var fresh = batch.Skip(old.Count).ToList();
        if (_position < head)
            await CompareAsync(old, fresh.Count > 0 ? head : old[^1].Stored.Position, cancellationToken);
        if (fresh.Count > 0)
            await new ImportBatch(_connection, fresh).WriteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Skipped += old.Count;
        _position = batch[^1].Stored.Position;
    }

    private void JudgeOrder(IReadOnlyList<ImportedEvent> batch)
    {
        var (position, micros) = (_position, _micros);
        foreach (var e in batch)
        {
            if (e.Stored.Position <= position || e.Stored.Position > _header.To)
                throw Bad(e, $"position {e.Stored.Position} does not follow {position}, or is beyond {_header.To}");
            if (e.Stored.Micros < micros)
                throw Bad(e, "its timestamp is before an earlier event's");
            if (_header.Log is { } only && e.Stored.Log != only)
                throw Bad(e, $"the export is of the {only.Schema()} alone");
            (position, micros) = (e.Stored.Position, e.Stored.Micros);
        }
        _micros = micros;
    }

    // What lies up to the head must be in the file and in the database alike; a hole cannot be filled any more.
    private async Task CompareAsync(
        IReadOnlyList<ImportedEvent> given,
        long through,
        CancellationToken cancellationToken
    )
    {
        var held = await StoredPages.AfterAsync(
            _connection,
            _header.Log,
            _position,
            through,
            given.Count + 1,
            cancellationToken
        );
        for (var i = 0; i < Math.Max(given.Count, held.Count); i++)
        {
            if (i >= given.Count || (i < held.Count && held[i].Position < given[i].Stored.Position))
                throw new LogCopyException(
                    $"the database holds an event at position {held[i].Position} that is not in the export: it is another log"
                );
            if (i >= held.Count || held[i].Position > given[i].Stored.Position)
                throw Bad(
                    given[i],
                    $"position {given[i].Stored.Position} is missing in the database, which goes on after it"
                );
            if (!AreSame(held[i], given[i].Stored))
                throw Bad(given[i], $"the database holds another event at position {held[i].Position}");
        }
    }

    // By canonical form only where the bytes differ: a file may have been written by hand.
    private static bool AreSame(StoredEvent held, StoredEvent given) =>
        held.Log == given.Log
        && held.Id == given.Id
        && (IsSameRow(held, given) || EventHash.Of(held).AsSpan().SequenceEqual(EventHash.Of(given)));

    private static bool IsSameRow(StoredEvent held, StoredEvent given) =>
        held == given with { Data = held.Data, Headers = held.Headers }
        && held.Data.AsSpan().SequenceEqual(given.Data)
        && held.Headers.AsSpan().SequenceEqual(given.Headers);

    internal static LogCopyException Bad(ImportedEvent e, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"line {e.Line}: {what}"));

    internal static async Task<long> NumberAsync(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
