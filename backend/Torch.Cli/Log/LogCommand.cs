using System.CommandLine;
using Torch.Cli.Settings;

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
