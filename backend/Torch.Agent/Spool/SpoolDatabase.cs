using Microsoft.Data.Sqlite;

namespace Torch.Agent.Spool;

/// <summary>The spool's tables in SQLite. Driven by one thread, apart from <see cref="OpenReader"/>'s.</summary>
/// <remarks>A member that meets damage throws a <see cref="SqliteException"/> for which <see cref="SqliteFaults.IsDamage"/> holds.</remarks>
internal sealed class SpoolDatabase : IDisposable
{
    /// <summary>Bytes of a page; <see cref="PageScan"/> relies on it.</summary>
    public const int PageBytes = 4096;

    private const string Schema = """
        create table if not exists records (offset integer primary key, spool blob not null, check_id blob not null,
            at integer not null, good integer not null, crc integer not null, body blob not null);
        create table if not exists lives (first integer primary key, spool blob not null, crc integer not null);
        create table if not exists drops (last integer not null, check_id blob not null, first integer not null, from_at integer not null,
            to_at integer not null, results integer not null, crc integer not null, primary key (last, check_id)) without rowid;
        create table if not exists settled (id integer primary key check (id = 1), offset integer not null, crc integer not null);
        """;

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly SqliteCommand _insert;

    private SpoolDatabase(string path, SqliteConnection connection)
    {
        (_path, _connection) = (path, connection);
        _insert = Command("insert or ignore into records values ($1, $2, $3, $4, $5, $6, $7)");
        for (var i = 1; i <= 7; i++)
            _insert.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
    }

    /// <summary>Opens the file, or makes it.</summary>
    public static SpoolDatabase Open(string path)
    {
        var connection = Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // Only a new file takes the first two; full: a commit is on the disk when it returns.
            Execute(
                connection,
                $"pragma page_size = {PageBytes}; pragma auto_vacuum = incremental; pragma journal_mode = wal"
            );
            Execute(
                connection,
                "pragma synchronous = full; pragma cell_size_check = on; pragma journal_size_limit = 16777216"
            );
            Execute(connection, Schema);
            return new SpoolDatabase(path, connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Another connection on the same file, for reading beside the writer.</summary>
    public SpoolReader OpenReader() => new(Connect(_path, SqliteOpenMode.ReadWrite));

    /// <summary>Whether SQLite finds its structure whole; takes about a second for 300 MB.</summary>
    public bool IsSound() => Scalar("pragma quick_check(1)") is "ok";

    /// <summary>The highest offset, 0 for none.</summary>
    public long LastOffset() => Scalar("select max(offset) from records") is long last ? last : 0;

    /// <summary>Whether a life has begun here.</summary>
    public bool HasBegun() => Scalar("select 1 from settled") is not null;

    /// <summary>The offset up to which the server has everything; null where that cannot be read.</summary>
    public long? Settled()
    {
        using var command = Command("select offset, crc from settled");
        using var row = command.ExecuteReader();
        if (!row.Read())
            return 0;
        return row.Long(0) is { } offset && row.Long(1) == new Checksum().Add(offset).Value ? offset : null;
    }

    /// <summary>Lives that may have results here, oldest first; null where one cannot be read.</summary>
    public List<SpoolLife>? Lives() =>
        All(
            "select first, spool, crc from lives order by first",
            row =>
                row.Long(0) is { } first
                && row.Id(1) is { } id
                && new SpoolLife(id, first) is var life
                && row.Long(2) == life.Checksum
                    ? life
                    : null
        );

    /// <summary>What was dropped and not told yet, oldest first; null where one cannot be read.</summary>
    public List<SpoolDrop>? Drops() =>
        All(
            "select first, last, check_id, from_at, to_at, results, crc from drops order by last",
            row =>
                row.Long(0) is { } first
                && row.Long(1) is { } last
                && row.Id(2) is { } check
                && row.Time(3) is { } from
                && row.Time(4) is { } to
                && row.Long(5) is { } results
                && new SpoolDrop(first, last, check, from, to, results) is var drop
                && row.Long(6) == drop.Checksum
                    ? drop
                    : null
        );

    /// <summary>All of the work or none of it, and on the disk when it returns.</summary>
    public void Commit(Action work)
    {
        Execute("begin immediate");
        try
        {
            work();
            Execute("commit");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    private void RollBack()
    {
        try
        {
            Execute("rollback");
        }
        catch (SqliteException)
        {
            // On a full disk SQLite has rolled back by itself, and refuses to do it again: that is no damage.
        }
    }

    public void Insert(SpoolRecord record)
    {
        var p = _insert.Parameters;
        p[0].Value = record.Offset;
        p[1].Value = record.SpoolId.ToByteArray();
        p[2].Value = record.CheckId.ToByteArray();
        p[3].Value = record.At.UtcTicks;
        p[4].Value = record.IsGood ? 1L : 0L;
        p[5].Value = (long)record.Checksum;
        p[6].Value = record.Body.ToArray();
        _insert.ExecuteNonQuery();
    }

    public void Insert(SpoolLife life) =>
        Execute(
            "insert or replace into lives values ($1, $2, $3)",
            life.First,
            life.Id.ToByteArray(),
            (long)life.Checksum
        );

    public void Insert(SpoolDrop drop) =>
        Execute(
            "insert or replace into drops values ($1, $2, $3, $4, $5, $6, $7)",
            drop.Last,
            drop.CheckId.ToByteArray(),
            drop.First,
            drop.From.UtcTicks,
            drop.To.UtcTicks,
            drop.Results,
            (long)drop.Checksum
        );

    public void Delete(SpoolDrop drop) =>
        Execute("delete from drops where last = $1 and check_id = $2", drop.Last, drop.CheckId.ToByteArray());

    public void Settle(long offset) =>
        Execute("insert or replace into settled values (1, $1, $2)", offset, (long)new Checksum().Add(offset).Value);

    /// <summary>Deletes records up to an offset, some at a time.</summary>
    /// <returns>How many it were.</returns>
    public int Delete(long upTo, int limit) =>
        Execute(
            "delete from records where offset in (select offset from records where offset <= $1 order by offset limit $2)",
            upTo,
            limit
        );

    /// <summary>Forgets lives and drops of which the server has everything.</summary>
    /// <param name="life">The first offset of the oldest life that still counts.</param>
    public void Forget(long settled, long life)
    {
        Execute("delete from drops where last <= $1", settled);
        Execute("delete from lives where first < $1", life);
    }

    /// <summary>The oldest records in a span of offsets, without their bodies.</summary>
    /// <param name="good">Only good ones.</param>
    public List<SpoolRecord> Oldest(long after, long upTo, bool good, int limit)
    {
        using var command = Command(
            $"select offset, check_id, at from records where offset > $1 and offset <= $2 {(good ? "and good = 1" : "")} order by offset limit $3",
            after,
            upTo,
            limit
        );
        using var row = command.ExecuteReader();
        var oldest = new List<SpoolRecord>();
        while (row.Read())
            if (row.Long(0) is { } offset && row.Id(1) is { } check && row.Time(2) is { } at)
                oldest.Add(new SpoolRecord(offset, default, check, at, good, default));
        return oldest;
    }

    public void Delete(IEnumerable<long> offsets)
    {
        using var command = Command("delete from records where offset = $1", 0L);
        foreach (var offset in offsets)
        {
            command.Parameters[0].Value = offset;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Bytes of pages that hold something.</summary>
    public long UsedBytes => (Pages - FreePages) * PageBytes;

    /// <summary>Bytes of the file itself, the free ones included.</summary>
    public long FileBytes => Pages * PageBytes;

    /// <summary>Refuses to grow beyond, as SQLite does on a full disk.</summary>
    public void LimitTo(long bytes) => Scalar($"pragma max_page_count = {Math.Max(1, bytes / PageBytes)}");

    /// <summary>Gives free pages back to the file system once they are many, some at a time.</summary>
    public void Reclaim()
    {
        if (FreePages is not (var free and > 256) || free <= Pages / 4)
            return;
        Execute("pragma incremental_vacuum(2048)");
        // The file shrinks when the log is carried over.
        Execute("pragma wal_checkpoint(passive)");
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }

    private long Pages => (long)Scalar("pragma page_count")!;

    private long FreePages => (long)Scalar("pragma freelist_count")!;

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        SqliteLibrary.Use();
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = 5,
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    private List<T>? All<T>(string sql, Func<SqliteDataReader, T?> read)
        where T : class
    {
        using var command = Command(sql);
        using var rows = command.ExecuteReader();
        var all = new List<T>();
        while (rows.Read())
        {
            if (read(rows) is not { } item)
                return null;
            all.Add(item);
        }
        return all;
    }

    private object? Scalar(string sql)
    {
        using var command = Command(sql);
        return command.ExecuteScalar();
    }

    private int Execute(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params object[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        return command;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
