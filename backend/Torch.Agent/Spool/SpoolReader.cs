using Microsoft.Data.Sqlite;

namespace Torch.Agent.Spool;

/// <summary>Reads records beside the writer.</summary>
internal sealed class SpoolReader(SqliteConnection connection) : IDisposable
{
    /// <summary>Records in a span of offsets, in order.</summary>
    /// <param name="limit">Rows at most, damaged ones included.</param>
    public SpoolPage Read(long after, long upTo, int limit)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "select offset, spool, check_id, at, good, crc, body from records where offset > $1 and offset <= $2 order by offset limit $3";
        command.Parameters.AddWithValue("$1", after);
        command.Parameters.AddWithValue("$2", upTo);
        command.Parameters.AddWithValue("$3", limit);
        using var row = command.ExecuteReader();
        var (sound, rows, last, reached, bytes) = (new List<SpoolRecord>(), 0, after, after, 0L);
        while (bytes < SpoolPage.MostBytes && row.Read())
        {
            rows++;
            reached = Math.Max(reached, row.Long(0) ?? reached);
            // A damaged index may lead to a row twice, or back.
            if (Record(row) is not { } record || record.Offset <= last)
                continue;
            sound.Add(record);
            last = record.Offset;
            bytes += record.Body.Length + HeldResult.Overhead;
        }
        var isCut = rows == limit || bytes >= SpoolPage.MostBytes;
        return new SpoolPage(sound, isCut && reached < upTo ? reached : upTo);
    }

    /// <summary>When the oldest record after an offset was made.</summary>
    public DateTimeOffset? OldestAt(long after)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select at from records where offset > $1 order by offset limit 1";
        command.Parameters.AddWithValue("$1", after);
        using var row = command.ExecuteReader();
        return row.Read() ? row.Time(0) : null;
    }

    public void Dispose() => connection.Dispose();

    private static SpoolRecord? Record(SqliteDataReader row) =>
        row.Long(0) is { } offset
        && row.Id(1) is { } spool
        && row.Id(2) is { } check
        && row.Time(3) is { } at
        && row.Long(4) is { } good
        && row.Bytes(6) is { } body
        && new SpoolRecord(offset, spool, check, at, good == 1, body) is var record
        && row.Long(5) == record.Checksum
            ? record
            : null;
}

/// <param name="Records">Those that are sound.</param>
/// <param name="UpTo">The offset up to which there are no others.</param>
internal sealed record SpoolPage(IReadOnlyList<SpoolRecord> Records, long UpTo)
{
    /// <summary>Where a page and a delivery end, full or not: a server takes 10 MiB at once.</summary>
    public const long MostBytes = 6 << 20;
}
