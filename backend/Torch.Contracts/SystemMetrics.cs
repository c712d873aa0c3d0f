namespace Torch.Contracts;

/// <summary>Torch's own figures over time.</summary>
/// <param name="Bucket">How long each bucket is.</param>
/// <param name="Servers">Those that said something in this time.</param>
/// <param name="At">When each bucket begins.</param>
public sealed record SystemMetrics(
    DateTimeOffset From,
    DateTimeOffset To,
    TimeSpan Bucket,
    IReadOnlyList<string> Servers,
    IReadOnlyList<DateTimeOffset> At,
    IReadOnlyList<SystemFigure> Figures
);

/// <summary>One figure. Of several servers what each does is added up, such as reports and memory; of what all see alike, and of times, the largest counts.</summary>
/// <param name="Name">Such as <c>reports.rate</c>.</param>
/// <param name="Unit"><c>1/s</c>, <c>1/min</c>, <c>ms</c>, <c>events</c>, <c>cores</c>, <c>bytes</c>, or <c>1</c> for a number of things.</param>
/// <param name="Mean">Per bucket; null where nothing was measured.</param>
/// <param name="Largest">Per bucket; null where nothing was measured.</param>
public sealed record SystemFigure(
    string Name,
    string Unit,
    IReadOnlyList<double?> Mean,
    IReadOnlyList<double?> Largest
);

/// <summary>What became of Torch itself.</summary>
public enum SystemEventKind
{
    /// <summary>A server started.</summary>
    Started,

    /// <summary>A server started with another version than the one before.</summary>
    Upgraded,

    /// <summary>Somebody stopped a server.</summary>
    Stopped,

    /// <summary>No server had been there, and one was again.</summary>
    Resumed,

    /// <summary>The database had been away, and took events again.</summary>
    DatabaseRegained,

    /// <summary>A read model was folded anew, or that was given up.</summary>
    Rebuilt,

    /// <summary>An agent came.</summary>
    AgentConnected,

    /// <summary>An agent was silent for too long.</summary>
    AgentLost,

    /// <summary>Retention removed old observations.</summary>
    Dropped,
}

/// <summary>Something that became of Torch itself.</summary>
/// <param name="Position">Of its event in the log.</param>
/// <param name="Since">Where it ends something: when that began.</param>
/// <param name="Server">The machine, where a server says it of itself.</param>
/// <param name="AgentId">The agent that it is about.</param>
/// <param name="Text">It as a sentence.</param>
public sealed record SystemEventView(
    long Position,
    DateTimeOffset At,
    SystemEventKind Kind,
    DateTimeOffset? Since,
    string? Server,
    Guid? AgentId,
    string Text
);
