using Microsoft.Extensions.Logging;
using Torch.Contracts;

namespace Torch.Agent.Logging;

/// <summary>
/// Takes the warnings and errors of this process, to be sent with heartbeats; never waits. Where more comes than goes, the oldest are
/// dropped, and a line says how many.
/// </summary>
public sealed class AgentLogs(TimeProvider time) : ILoggerProvider
{
    private const int MostWaiting = 500;

    /// <summary>As many as a heartbeat may carry.</summary>
    private const int MostAtOnce = 20;
    private const int MostMessage = 1_000;
    private const int MostException = 2_000;
    private const string Own = "Torch.Agent.Logging";

    private readonly Lock _lock = new();
    private readonly Queue<AgentLogLine> _waiting = [];
    private long _dropped;

    public ILogger CreateLogger(string categoryName) => new Taking(this, LogText.ComponentOf(categoryName));

    public void Dispose() { }

    /// <summary>The oldest that wait. They wait on until <see cref="Sent"/>.</summary>
    public IReadOnlyList<AgentLogLine> Next()
    {
        lock (_lock)
        {
            if (_dropped > 0)
                _waiting.Enqueue(Line_NeedsLock(LogSeverity.Warning, Own, Lost(_dropped), null));
            _dropped = 0;
            return [.. _waiting.Take(MostAtOnce)];
        }
    }

    /// <summary>The server has them.</summary>
    public void Sent(IReadOnlyList<AgentLogLine> lines)
    {
        // What was sent may have been dropped meanwhile; lines stand in the order of their coming.
        var ids = lines.Select(l => l.Id).ToHashSet();
        lock (_lock)
            while (_waiting.TryPeek(out var first) && ids.Contains(first.Id))
                _waiting.Dequeue();
    }

    private static string Lost(long lines) => $"{lines} lines of this agent's log were dropped: too many came at once";

    private AgentLogLine Line_NeedsLock(LogSeverity level, string component, string message, string? exception)
    {
        var now = time.GetUtcNow();
        return new(Guid.CreateVersion7(now), now, level, component, message, exception);
    }

    private void Take(LogSeverity level, string component, string message, string? exception)
    {
        lock (_lock)
        {
            if (_waiting.Count >= MostWaiting)
            {
                _waiting.Dequeue();
                _dropped++;
            }
            _waiting.Enqueue(Line_NeedsLock(level, component, message, exception));
        }
    }

    private sealed class Taking(AgentLogs logs, string component) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
                logs.Take(
                    (LogSeverity)(logLevel - LogLevel.Information),
                    component,
                    LogText.Cut(formatter(state, exception), MostMessage),
                    exception is null ? null : LogText.Cut(exception.ToString(), MostException)
                );
        }
    }
}
