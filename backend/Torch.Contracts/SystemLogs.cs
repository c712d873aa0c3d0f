namespace Torch.Contracts;

/// <summary>How much a line of the log matters.</summary>
public enum LogSeverity
{
    Information,
    Warning,
    Error,
    Critical,
}

/// <summary>A line of what a server logged.</summary>
/// <param name="Component">The part of Torch that says it.</param>
/// <param name="Host">The machine.</param>
/// <param name="Exception">Where there was one, with where it came from.</param>
public sealed record LogLineView(
    long Id,
    DateTimeOffset At,
    LogSeverity Level,
    string Component,
    string Host,
    string Message,
    string? Exception
);
