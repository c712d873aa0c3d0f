using System.Text.Json.Serialization;

namespace Torch.Contracts;

/// <summary>How much a line of the log matters.</summary>
public enum LogSeverity
{
    Information,
    Warning,
    Error,
    Critical,
}

/// <summary>A line of what a server or an agent logged.</summary>
/// <param name="Component">The part of Torch that says it.</param>
/// <param name="Host">The machine.</param>
/// <param name="Agent">The agent that sent it; null where a server says it.</param>
/// <param name="Exception">Where there was one, with where it came from.</param>
public sealed record LogLineView(
    long Id,
    DateTimeOffset At,
    LogSeverity Level,
    string Component,
    string Host,
    string? Agent,
    string Message,
    string? Exception
);

/// <summary>How many lines are kept of a level, a component and an agent.</summary>
/// <param name="Agent">Null for the servers.</param>
public sealed record LogCountView(string Component, string? Agent, LogSeverity Level, long Lines);

/// <summary>A warning or an error of an agent, on its way to the server.</summary>
/// <param name="Id">Made by the agent: a line that comes twice is kept once.</param>
/// <param name="At">By the agent's clock.</param>
/// <param name="Component">The part of Torch that says it, at most 200 characters.</param>
/// <param name="Message">At most 8 KiB.</param>
/// <param name="Exception">At most 8 KiB.</param>
public sealed record AgentLogLine(
    Guid Id,
    DateTimeOffset At,
    LogSeverity Level,
    string Component,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Exception = null
);

/// <summary>What becomes of a line before it is kept, at a server and at an agent alike.</summary>
public static class LogText
{
    private const int Segments = 3;

    /// <summary>The namespace of a logger's category without the class, at most three parts of it: there are few of them.</summary>
    public static string ComponentOf(string category)
    {
        var parts = category.Split('.');
        return parts.Length == 1 ? category : string.Join('.', parts.Take(Math.Min(parts.Length - 1, Segments)));
    }

    /// <summary>At most so many characters, and none that PostgreSQL or UTF-8 would refuse.</summary>
    public static string Cut(string text, int most)
    {
        var cut = text.Length > most ? text[..most] + "..." : text;
        return cut.AsSpan().IndexOfAny('\0', '\uFFFD') < 0 && !cut.Any(char.IsSurrogate)
            ? cut
            : string.Concat(cut.EnumerateRunes().Where(r => r.Value is not 0 and not 0xFFFD).Select(r => r.ToString()));
    }
}
