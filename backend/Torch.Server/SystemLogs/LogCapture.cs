using System.Collections.Concurrent;
using System.Threading.Channels;
using Torch.Contracts;

namespace Torch.Server.SystemLogs;

/// <summary>One line of a log.</summary>
/// <param name="Component">The part of Torch, or of what it stands on, that says it.</param>
/// <param name="Agent">Who sent it; null for this server.</param>
/// <param name="LineId">By which a line that comes twice is known; null for this server's.</param>
internal sealed record LogLine(
    DateTimeOffset At,
    LogLevel Level,
    string Component,
    string Host,
    string? Agent,
    Guid? LineId,
    string Message,
    string? Exception
);

/// <summary>
/// Takes what this process logs, from information on, and what agents send, to be stored; never waits for it. Where more comes than can
/// be stored, lines are dropped and counted.
/// </summary>
internal sealed class LogCapture(TimeProvider time) : ILoggerProvider
{
    private const int MostWaiting = 10_000;
    private const int MostText = 8_192;

    // Each is a series of its own; agents send what they like.
    private const int MostComponents = 200;
    private const string Others = "other";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

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

    public ILogger CreateLogger(string categoryName) => new Capturing(this, LogText.ComponentOf(categoryName));

    public void Dispose() => _lines.Writer.TryComplete();

    /// <summary>What an agent sent.</summary>
    public void Take(string agent, string host, IReadOnlyList<AgentLogLine> lines)
    {
        foreach (var line in lines)
            Take(
                new(
                    Plausible(line.At),
                    (LogLevel)(line.Level + (int)LogLevel.Information),
                    line.Component,
                    host,
                    agent,
                    line.Id,
                    line.Message,
                    line.Exception
                )
            );
    }

    // An agent's clock may stand anywhere: what would be lost in the future, or cleaned away at once, is of now.
    private DateTimeOffset Plausible(DateTimeOffset at)
    {
        var now = time.GetUtcNow();
        return at > now + Ahead || at < now - Kept ? now : at;
    }

    private void Take(LogLine line)
    {
        _counts.AddOrUpdate((line.Level, Counted(line)), 1, (_, count) => count + 1);
        if (!_lines.Writer.TryWrite(line))
            Interlocked.Increment(ref _dropped);
    }

    private string Counted(LogLine line) =>
        _counts.Count < MostComponents || _counts.ContainsKey((line.Level, line.Component)) ? line.Component : Others;

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
            if (!IsEnabled(logLevel))
                return;
            var message = LogText.Cut(formatter(state, exception), MostText);
            var told = exception is null ? null : LogText.Cut(exception.ToString(), MostText);
            capture.Take(new(capture.Now, logLevel, component, Environment.MachineName, null, null, message, told));
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
