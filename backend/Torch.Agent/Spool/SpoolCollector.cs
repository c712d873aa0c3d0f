namespace Torch.Agent.Spool;

/// <summary>Keeps the file small: deletes what the server has, drops the oldest good results at the cap, gives free pages back.</summary>
/// <remarks>A step is short, so that results can be written between two.</remarks>
internal sealed class SpoolCollector(SpoolDatabase database, long maxBytes)
{
    private const int Some = 5_000;
    private const int Few = 1_000;

    private long _deleted;

    /// <summary>Deletes some of what the server has.</summary>
    /// <returns>True where there may be more.</returns>
    public bool Delete(long settled, SpoolLife oldest)
    {
        if (_deleted >= settled)
            return false;
        var deleted = 0;
        database.Commit(() =>
        {
            deleted = database.Delete(settled, Some);
            if (deleted < Some)
                database.Forget(settled, oldest.First);
        });
        if (deleted < Some)
            _deleted = settled;
        return deleted == Some;
    }

    public bool IsOverCap => database.UsedBytes > maxBytes;

    /// <summary>Drops some of the oldest, good ones first, and writes down which.</summary>
    /// <param name="after">What is before may be at the server, or on its way.</param>
    /// <param name="upTo">The end of a life.</param>
    public IReadOnlyList<SpoolDrop> Drop(long after, long upTo)
    {
        var oldest = database.Oldest(after, upTo, good: true, Few);
        if (oldest.Count == 0)
            oldest = database.Oldest(after, upTo, good: false, Few);
        if (oldest.Count == 0)
            return [];
        var drops = SpoolDrop.Of(oldest);
        database.Commit(() =>
        {
            database.Delete(oldest.Select(record => record.Offset));
            foreach (var drop in drops)
                database.Insert(drop);
        });
        return drops;
    }

    /// <summary>Puts drops together, one per check.</summary>
    public IReadOnlyList<SpoolDrop> Merge(IReadOnlyList<SpoolDrop> drops)
    {
        var merged = SpoolGaps.Together(drops);
        database.Commit(() =>
        {
            foreach (var drop in drops)
                database.Delete(drop);
            foreach (var drop in merged)
                database.Insert(drop);
        });
        return merged;
    }

    /// <summary>Gives free pages back to the file system.</summary>
    public void Reclaim() => database.Reclaim();
}
