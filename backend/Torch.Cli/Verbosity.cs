using System.CommandLine;
using Microsoft.Extensions.Logging;

namespace Torch.Cli;

/// <summary><c>-v</c> to <c>-vvvvv</c>: critical, error, warning, information, debug. The same for every command.</summary>
internal static class Verbosity
{
    /// <summary>A flag of the root that every command takes.</summary>
    public static readonly Option<bool> Flag = new("--verbose", "-v")
    {
        Description = "Log more: -v critical, -vv error, -vvv warning, -vvvv information, -vvvvv debug.",
        Recursive = true,
        Arity = ArgumentArity.Zero,
    };

    /// <summary>What was asked for.</summary>
    public static LogLevel LevelOr(this ParseResult parsed, LogLevel otherwise) =>
        (parsed.GetResult(Flag)?.IdentifierTokenCount ?? 0) switch
        {
            0 => otherwise,
            1 => LogLevel.Critical,
            2 => LogLevel.Error,
            3 => LogLevel.Warning,
            4 => LogLevel.Information,
            _ => LogLevel.Debug,
        };

    /// <summary>Logs of a client verb: lines on standard error.</summary>
    public static void AddTo(this ILoggingBuilder logging, ParseResult parsed, LogLevel otherwise)
    {
        logging.SetMinimumLevel(parsed.LevelOr(otherwise));
        logging.AddProvider(new TerminalLogs(parsed.Terminal()));
    }
}
