using System.CommandLine;
using Torch.Cli.Settings;
using Torch.EventStore.Copying;

namespace Torch.Cli.Log;

/// <summary><c>torch log ...</c>: what concerns the log itself. Works on the database, not on the API.</summary>
internal static class LogCommand
{
    /// <summary>How these commands find the log.</summary>
    public static readonly Setting[] Settings =
    [
        Setting.Data,
        Setting.Postgres,
        Setting.PostgresBin,
        Setting.JournalKey,
    ];

    /// <summary>What an export or import came to, for <c>--json</c>.</summary>
    public static object Facts(string file, CopyReport report) =>
        new
        {
            file,
            from = report.From,
            to = report.To,
            events = report.Events,
            skipped = report.Skipped,
            seconds = report.Elapsed.TotalSeconds,
        };

    public static Command Create() =>
        new("log", "Verify, measure and copy the log, beside a running Torch or without one.")
        {
            VerifyCommand.Create(),
            StatsCommand.Create(),
            ExportCommand.Create(),
            ImportCommand.Create(),
            RetentionCommand.Create(),
        };
}
