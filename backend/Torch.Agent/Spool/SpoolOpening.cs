using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Torch.Agent.Spool;

/// <summary>An open spool and what it holds.</summary>
/// <param name="Lives">Oldest first; the last one is new and empty.</param>
internal sealed record OpenSpool(
    SpoolDatabase Database,
    IReadOnlyList<SpoolLife> Lives,
    IReadOnlyList<SpoolDrop> Drops,
    long Settled
);

/// <summary>
/// Opens a spool whatever has become of its file. One that SQLite finds damaged is set aside, and each of its records that is whole is
/// taken into a new file; what is missing then shows by the offsets that lack.
/// </summary>
internal sealed class SpoolOpening(string path, ILogger log)
{
    // The look for damage takes time, and a record is held against its checksum anyway.
    private const long MostToInspect = 256 << 20;
    private const long MostLogToRead = 64 << 20;

    private string LogPath => path + "-wal";

    private string AsidePath => path + ".aside";

    private string KeptPath => path + ".damaged";

    public string MarkPath => path + ".mark";

    /// <param name="id">Of the life that begins.</param>
    /// <param name="life">The life that goes on, or null where it only begins.</param>
    /// <exception cref="SqliteException">The disk refuses; it may be tried again.</exception>
    public OpenSpool Open(Guid id, SpoolLife? life)
    {
        var mark = SpoolMark.Read(MarkPath);
        // SQLite drops the damaged end of its log when it opens, so it is read before.
        var logged = ReadLog();
        if (TryOpen() is not { } database)
        {
            SetAside();
            database = SpoolDatabase.Open(path);
        }
        try
        {
            var opened = Complete(database, Contents(database, mark), logged, mark, id, life);
            if (File.Exists(AsidePath))
                Keep();
            return opened;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Takes the file out of the way; the next <see cref="Open"/> reads from it what is whole.</summary>
    public void SetAside()
    {
        if (!File.Exists(path))
            return;
        File.Delete(AsidePath + "-wal");
        File.Move(path, AsidePath, overwrite: true);
        if (File.Exists(LogPath))
            File.Move(LogPath, AsidePath + "-wal");
        File.Delete(path + "-shm");
    }

    // Where the spool has not begun, its making was interrupted, and what was set aside for it is read again.
    private SpoolContents Contents(SpoolDatabase database, SpoolMark? mark) =>
        database.HasBegun() || !File.Exists(AsidePath)
            ? new(database.Lives()!, database.Drops()!, database.Settled()!.Value)
            : new(Rescue(database, mark?.Settled ?? 0), [], mark?.Settled ?? 0);

    /// <summary>One damaged file is kept for people to look at, the newest.</summary>
    private void Keep()
    {
        File.Move(AsidePath, KeptPath, overwrite: true);
        File.Delete(KeptPath + "-wal");
        if (File.Exists(AsidePath + "-wal"))
            File.Move(AsidePath + "-wal", KeptPath + "-wal");
        log.LogError("The damaged spool is kept as {File}; what could be read of it is delivered", KeptPath);
    }

    private SpoolDatabase? TryOpen()
    {
        SpoolDatabase? database = null;
        try
        {
            database = SpoolDatabase.Open(path);
            var isWhole =
                (new FileInfo(path).Length > MostToInspect || database.IsSound())
                && database.Lives() is not null
                && database.Drops() is not null
                && database.Settled() is not null
                && database.LastOffset() >= 0;
            if (isWhole)
                return database;
        }
        catch (SqliteException fault) when (fault.IsDamage())
        {
            log.LogError(fault, "The spool {File} is damaged", path);
        }
        database?.Dispose();
        return null;
    }

    private List<SpoolLife> Rescue(SpoolDatabase database, long settled)
    {
        using var file = File.OpenRead(AsidePath);
        using var wal = File.Exists(AsidePath + "-wal") ? File.OpenRead(AsidePath + "-wal") : null;
        var firsts = new Dictionary<Guid, long>();
        var rescued = 0;
        foreach (var part in new PageScan(file, wal).Records().Where(r => r.Offset > settled).Chunk(5_000))
        {
            database.Commit(() =>
            {
                foreach (var record in part)
                    database.Insert(record);
            });
            rescued += part.Length;
            foreach (var record in part)
                firsts[record.SpoolId] = Math.Min(
                    record.Offset,
                    firsts.GetValueOrDefault(record.SpoolId, long.MaxValue)
                );
        }
        log.LogWarning("{Records} records of the damaged spool are whole", rescued);
        return [.. firsts.Select(first => new SpoolLife(first.Key, first.Value)).OrderBy(life => life.First)];
    }

    private IReadOnlyList<SpoolRecord> ReadLog()
    {
        if (!File.Exists(LogPath) || new FileInfo(LogPath).Length is 0 or > MostLogToRead)
            return [];
        using var wal = File.OpenRead(LogPath);
        return [.. new PageScan(Stream.Null, wal).Records()];
    }

    private OpenSpool Complete(
        SpoolDatabase database,
        SpoolContents contents,
        IReadOnlyList<SpoolRecord> logged,
        SpoolMark? mark,
        Guid id,
        SpoolLife? life
    )
    {
        var inFile = database.LastOffset();
        var settled = Math.Max(contents.Settled, mark?.Settled ?? 0);
        var lost = logged.Where(r => r.Offset > inFile && r.Offset > settled && r.Offset <= mark?.Last).ToList();
        var last = new[] { inFile, settled, mark?.Last ?? 0, contents.Drops.LastOrDefault()?.Last ?? 0 }.Max();
        var begun = life ?? new SpoolLife(id, last + 1);
        var lives = Lives(contents.Lives, mark, begun, settled);
        database.Commit(() =>
        {
            lost.ForEach(database.Insert);
            lives.ForEach(database.Insert);
            database.Settle(settled);
        });
        return new OpenSpool(database, lives, contents.Drops, settled);
    }

    /// <summary>A life of which nothing is left but the mark counts as well, for its results are missing.</summary>
    private static List<SpoolLife> Lives(IReadOnlyList<SpoolLife> found, SpoolMark? mark, SpoolLife begun, long settled)
    {
        var lives = found.Where(life => life.Id != begun.Id && life.First < begun.First).ToList();
        if (mark is not null && mark.Life.Id != begun.Id && mark.Last >= mark.Life.First && mark.Last > settled)
        {
            lives.RemoveAll(life => life.Id == mark.Life.Id);
            lives.Add(mark.Life);
        }
        lives.Add(begun);
        return [.. lives.DistinctBy(life => life.First).OrderBy(life => life.First)];
    }

    private sealed record SpoolContents(IReadOnlyList<SpoolLife> Lives, IReadOnlyList<SpoolDrop> Drops, long Settled);
}
