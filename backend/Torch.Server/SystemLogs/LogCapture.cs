using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Torch.Server.SystemLogs;

/// <summary>One line of a log.</summary>
/// <param name="Component">The part of Torch, or of what it stands on, that says it.</param>
internal sealed record LogLine(DateTimeOffset At, LogLevel Level, string Component, string Message, string? Exception);

/// <summary>
/// Takes what this process logs, from information on, to be stored; never waits for it. Where more comes than can be stored, lines are
/// dropped and counted.
/// </summary>
internal sealed class LogCapture(TimeProvider time) : ILoggerProvider
{
    private const int MostWaiting = 10_000;
    private const int MostText = 8_192;
    private const int Segments = 3;

    private readonly ConcurrentDictionary<(LogLevel Level, string Component), long> _counts = [];
    private readonly Channel<LogLine> _lines = Channel.CreateBounded<LogLine>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true }
    );
    private long _dropped;

    public ChannelReader<LogLine> Lines => _lines.Reader;

    /// <summary>Lines since the start, by level and component; both are few.</summary>
    public IReadOnlyDictionary<(LogLevel Level, string Component), long> Counts => _counts;

    /// <summary>Lines that were not stored.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public ILogger CreateLogger(string categoryName) => new Capturing(this, ComponentOf(categoryName));

    public void Dispose() => _lines.Writer.TryComplete();

    /// <summary>The namespace without the class, at most three parts of it: there are few of them.</summary>
    public static string ComponentOf(string category)
    {
        var parts = category.Split('.');
        return parts.Length == 1 ? category : string.Join('.', parts.Take(Math.Min(parts.Length - 1, Segments)));
    }

    private void Take(LogLevel level, string component, string message, Exception? exception)
    {
        _counts.AddOrUpdate((level, component), 1, (_, count) => count + 1);
        var line = new LogLine(
            time.GetUtcNow(),
            level,
            component,
            Storable(message),
            exception is null ? null : Storable(exception.ToString())
        );
        if (!_lines.Writer.TryWrite(line))
            Interlocked.Increment(ref _dropped);
    }

    // PostgreSQL takes no NUL, and UTF-8 no lone surrogate.
    private static string Storable(string text)
    {
        var cut = text.Length > MostText ? text[..MostText] + "..." : text;
        return cut.Contains('\0') || cut.Any(char.IsSurrogate)
            ? new string([.. cut.Where(c => c != '\0' && !char.IsSurrogate(c))])
            : cut;
    }

    private sealed class Capturing(LogCapture capture, string component) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
                capture.Take(logLevel, component, formatter(state, exception), exception);
        }
    }
}
