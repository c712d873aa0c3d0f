namespace Torch.EventStore.Measuring;

/// <summary>What the log is made of and how fast it grows.</summary>
/// <param name="Head">The highest committed position.</param>
/// <param name="Types">Of the newest <paramref name="TypesWindow"/> positions.</param>
/// <param name="WalBytes">Null where the role may not see it.</param>
public sealed record LogStats(
    long Head,
    IReadOnlyList<LogSize> Logs,
    long TypesWindow,
    IReadOnlyList<TypeSize> Types,
    IReadOnlyList<PartitionSize> Partitions,
    IReadOnlyList<Rate> Rates,
    IReadOnlyList<CheckpointLag> Checkpoints,
    ChainState Chain,
    long DatabaseBytes,
    long? WalBytes
);

/// <summary>One log as a whole.</summary>
/// <param name="IsCounted">True where the events were counted; otherwise PostgreSQL's statistics say how many there are about.</param>
/// <param name="Bytes">On disk, with indexes.</param>
public sealed record LogSize(Log Log, long Events, bool IsCounted, long Bytes, long StreamBytes)
{
    /// <summary>On disk, with indexes; 0 for an empty log.</summary>
    public double BytesPerEvent => Events > 0 ? Math.Round((double)Bytes / Events, 1) : 0;
}

/// <summary>One type of events among the newest.</summary>
/// <param name="DataBytes">Of their data as PostgreSQL stores it.</param>
public sealed record TypeSize(Log Log, string Type, long Events, long DataBytes);

/// <summary>One partition of the telemetry.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="First">The first position that is used, null while it is empty.</param>
public sealed record PartitionSize(
    string Name,
    long From,
    long To,
    long? First,
    long? Last,
    DateTimeOffset? FirstAt,
    DateTimeOffset? LastAt,
    long Events,
    bool IsCounted,
    long Bytes
);

/// <summary>How many positions were drawn lately; of both logs.</summary>
/// <param name="Over">Up to the moment of the reading.</param>
public sealed record Rate(TimeSpan Over, long Positions)
{
    /// <summary>Positions per second.</summary>
    public double PerSecond => Math.Round(Positions / Over.TotalSeconds, 2);
}

/// <summary>How far a projection, or another reader, is behind the log.</summary>
/// <param name="Behind">In positions.</param>
/// <param name="BehindTime">Between the event at its checkpoint and the newest.</param>
public sealed record CheckpointLag(string Name, long Position, long Behind, TimeSpan BehindTime);

/// <summary>How far the journal's chain is, and how far it is signed.</summary>
public sealed record ChainState(long Through, long SignedThrough, long Signatures);
