using Microsoft.Extensions.Logging;

namespace Torch.Cli;

/// <summary>Log entries as lines on a terminal's standard error.</summary>
internal sealed class TerminalLogs(Terminal terminal) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        var cause = exception is null ? "" : $": {exception.Message}";
        terminal.Error.WriteLine(
            $"torch: {logLevel.ToString().ToLowerInvariant()}: {formatter(state, exception)}{cause}"
        );
    }

    public void Dispose() { }
}
