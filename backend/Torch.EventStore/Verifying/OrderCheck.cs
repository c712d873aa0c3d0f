using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Verifying;

/// <summary>
/// One pass over both logs in position order: no position twice, no timestamp before an earlier one, no hole in a stream's versions.
/// </summary>
internal sealed class OrderCheck(NpgsqlConnection connection, Findings findings, int pageSize)
{
    // A cursor for each log: a position that stands in both is met twice, even across the edge of a page.
    private const string Page = """
        select * from (
            (select 0::smallint as log, seq_id, stream_id, version, timestamp from journal.mt_events
                where seq_id > $1 order by seq_id limit $3)
            union all
            (select 1::smallint, seq_id, stream_id, version, timestamp from telemetry.mt_events
                where seq_id > $2 order by seq_id limit $3)
        ) merged order by seq_id limit $3
        """;

    private readonly StreamHeads[] _streams = [new(), new()];
    private readonly long[] _counts = new long[2];
    private readonly long[] _cursors = new long[2];
    private readonly List<(Finding Finding, long PreviousPosition)> _holes = [];
    private long _lastMicros;
    private long _droppedBefore;

    public long Through { get; private set; }

    public int StreamCount => _streams[0].Count + _streams[1].Count;

    public StreamHeads Streams(Log log) => _streams[(int)log];

    public long Count(Log log) => _counts[(int)log];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _droppedBefore = await LowerEdgeAsync(cancellationToken);
        await using var command = Command();
        await command.PrepareAsync(cancellationToken);
        while (await PageAsync(command, cancellationToken) == pageSize) { }
        await JudgeHolesAsync(cancellationToken);
    }

    private NpgsqlCommand Command()
    {
        var command = new NpgsqlCommand(Page, connection);
        for (var i = 0; i < 3; i++)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters[2].Value = (long)pageSize;
        return command;
    }

    private async Task<int> PageAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        command.Parameters[0].Value = _cursors[0];
        command.Parameters[1].Value = _cursors[1];
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var count = 0;
        for (; await rows.ReadAsync(cancellationToken); count++)
            Judge(
                (Log)rows.GetInt16(0),
                rows.GetInt64(1),
                rows.GetGuid(2),
                rows.GetInt64(3),
                StoredEvent.MicrosOf(rows.GetDateTime(4))
            );
        return count;
    }

    private void Judge(Log log, long position, Guid stream, long version, long micros)
    {
        if (position == Through)
            findings.Add(new("order", "a position of both logs") { Position = position, Stream = stream });
        if (micros < _lastMicros)
            findings.Add(
                new("timestamps", "a timestamp before an earlier event's")
                {
                    Log = log,
                    Position = position,
                    Stream = stream,
                    Expected = "not before " + Time(_lastMicros),
                    Found = Time(micros),
                }
            );
        JudgeVersion(log, position, stream, version);
        (Through, _lastMicros) = (position, Math.Max(_lastMicros, micros));
        _cursors[(int)log] = position;
        _counts[(int)log]++;
    }

    private void JudgeVersion(Log log, long position, Guid stream, long version)
    {
        var before = _streams[(int)log].Move(stream, version, position);
        if (version == before.Version + 1 || IsFirstRetained(log, before.Version, version))
            return;
        var finding = new Finding("versions", "a stream's versions do not follow")
        {
            Log = log,
            Position = position,
            Stream = stream,
            Expected = (before.Version + 1).ToString(CultureInfo.InvariantCulture),
            Found = version.ToString(CultureInfo.InvariantCulture),
        };
        if (log == Log.Telemetry && version > before.Version)
            _holes.Add((finding, before.Position));
        else
            findings.Add(finding);
    }

    // Telemetry is contiguous from the first event that retention has left.
    private bool IsFirstRetained(Log log, long before, long version) =>
        log == Log.Telemetry && before == 0 && version > 1 && _droppedBefore > 0;

    // A partition that was dropped during the pass takes events away between two pages.
    private async Task JudgeHolesAsync(CancellationToken cancellationToken)
    {
        var lowerEdge = _holes.Count > 0 ? await LowerEdgeAsync(cancellationToken) : 0;
        findings.AddRange(
            _holes.Where(h => h.PreviousPosition >= lowerEdge || lowerEdge == _droppedBefore).Select(h => h.Finding)
        );
    }

    private async Task<long> LowerEdgeAsync(CancellationToken cancellationToken)
    {
        const string sql = "select coalesce(min(from_position), 0) from torch_log.telemetry_partitions";
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static string Time(long micros) =>
        StoredEvent.UtcOf(micros).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
