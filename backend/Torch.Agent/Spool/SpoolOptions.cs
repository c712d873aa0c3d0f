namespace Torch.Agent.Spool;

/// <summary>Where an agent's spool is, how large it may grow, and how it is written.</summary>
/// <param name="File">The full path of the SQLite file; two more lie beside it. Held by one agent at a time.</param>
public sealed record SpoolOptions(string File)
{
    /// <summary>What waiting results may take on disk; beyond it the oldest good ones are dropped. At least 1 MiB.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>What results may take in memory while the disk refuses them; beyond it the oldest good ones are dropped.</summary>
    public long MaxUnrecordedBytes { get; init; } = 64L << 20;

    /// <summary>Commits come no closer to each other than this: what arrives meanwhile shares one.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often the disk is tried again while it refuses, and how often the collector looks.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What the disk has room for in bytes, where it is not the disk itself that says so: a test's full disk.</summary>
    internal Func<long>? Room { get; init; }

    /// <summary>False keeps what the server has, and lets the file grow past its cap.</summary>
    public bool Collects { get; init; } = true;
}
