using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;

namespace Torch.EventStore.Copying;

/// <summary>Reads a file line by line and writes batch by batch.</summary>
internal sealed class ImportRun(
    NpgsqlConnection connection,
    IReadOnlyList<SideTable> tables,
    LineReader lines,
    Action<long, long>? onBatch
) : IDisposable
{
    private const int BatchEvents = 5_000;
    private const int BatchRows = 500;
    private const int BatchBytes = 8 * 1024 * 1024;

    private readonly List<ImportedEvent> _events = [];
    private readonly List<(SideTable Table, string Row)> _rows = [];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private CopyHeader? _header;
    private ImportTarget? _target;
    private long _bytes;

    public CopyHeader Header => _header ?? throw new LogCopyException("this is no export of a log: it is empty");

    /// <summary>SHA-256 of the header's line: which export it is.</summary>
    public byte[] Id { get; private set; } = [];

    /// <summary>Rows of the tables that are state: applied at the end, together.</summary>
    public List<(SideTable Table, string Row)> State { get; } = [];

    /// <summary>Streams whose first events are gone.</summary>
    public List<CopyStream> Streams { get; } = [];

    public long Events { get; private set; }

    public long Skipped => _target?.Skipped ?? 0;

    /// <summary>All of the file, up to its trailer.</summary>
    public async Task ReadAsync(string file, CancellationToken cancellationToken)
    {
        while (Next() is { } next)
        {
            if (next.Trailer is { } trailer)
            {
                CopyFile.Compare(file, trailer, _hash.GetCurrentHash());
                await FlushAsync(cancellationToken);
                return;
            }
            using (next.Line)
                await TakeAsync(next.Line!.RootElement, cancellationToken);
        }
        await FlushAsync(cancellationToken);
        throw new LogCopyException(
            $"{file} ends after line {lines.Number} without a trailer; what was whole is imported"
        );
    }

    public void Dispose() => _hash.Dispose();

    private (JsonDocument? Line, CopyTrailer? Trailer)? Next()
    {
        try
        {
            if (!lines.TryRead(out var line))
                return null;
            if (CopyJson.Trailer(line) is { } trailer)
                return (null, trailer);
            _hash.AppendData(line);
            _hash.AppendData("\n"u8);
            _bytes += line.Length;
            if (_header is null)
                (_header, Id) = (CopyJson.Header(line), SHA256.HashData(line));
            return (JsonDocument.Parse(line.ToArray()), null);
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidDataException)
        {
            throw Bad(exception.Message, exception);
        }
    }

    private async Task TakeAsync(JsonElement line, CancellationToken cancellationToken)
    {
        if (_target is null)
        {
            _target = await ImportTarget.OpenAsync(connection, Header, Id, cancellationToken);
            return;
        }
        try
        {
            if (line.TryGetProperty("table"u8, out var table))
                Keep(table.GetString()!, line.GetProperty("row").GetRawText());
            else if (line.TryGetProperty("stream"u8, out var row) && row.ValueKind == JsonValueKind.Object)
                Streams.Add(row.Deserialize<CopyStream>(CopyJson.Options)!);
            else
                Keep(line);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or JsonException)
        {
            throw Bad(exception.Message, exception);
        }
        if (_events.Count >= BatchEvents || _rows.Count >= BatchRows || _bytes >= BatchBytes)
            await FlushAsync(cancellationToken);
    }

    private void Keep(JsonElement line)
    {
        var (stored, type) = CopyJson.Event(line);
        _events.Add(new ImportedEvent(stored, type, lines.Number));
        Events++;
    }

    private void Keep(string name, string row)
    {
        var table =
            tables.FirstOrDefault(t => t.Name == name)
            ?? throw new FormatException($"this version of Torch knows no table {name} that an export may bring");
        (table.Position is null ? State : _rows).Add((table, row));
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_target is null)
            throw new LogCopyException("this is no export of a log: it is empty");
        var partitions = State.Where(s => s.Table.Name == SideTable.Partitions).Select(s => s.Row).ToList();
        await _target.PrepareAsync(partitions, cancellationToken);
        if (_events.Count > 0)
        {
            await _target.WriteAsync(_events, cancellationToken);
            onBatch?.Invoke(_events[^1].Stored.Position, Header.To);
        }
        foreach (var table in _rows.GroupBy(r => r.Table))
            await SideRows.AddAsync(connection, table.Key, [.. table.Select(r => r.Row)], cancellationToken);
        _events.Clear();
        _rows.Clear();
        _bytes = 0;
    }

    private LogCopyException Bad(string what, Exception inner) => new($"line {lines.Number}: {what}", inner);
}
