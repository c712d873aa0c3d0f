using System.CommandLine;
using System.Globalization;
using Torch.Cli.Settings;
using Torch.Domain;
using Torch.EventStore.Copying;
using Torch.Server.Copying;

namespace Torch.Cli.Log;

/// <summary><c>torch log export</c>: the log as lines of JSON, beside a running Torch or without one.</summary>
internal static class ExportCommand
{
    private static readonly Argument<string> File = new("file")
    {
        Description = "Where to: a path (compressed where it ends in .gz), or - for standard output.",
    };
    private static readonly Option<long?> From = new("--from")
    {
        Description = "The first position; after an earlier export, the one behind its last.",
    };
    private static readonly Option<long?> To = new("--to")
    {
        Description = "The last position; the head of the log by default.",
    };
    private static readonly Option<EventStore.Log?> One = new("--log")
    {
        Description = "One log alone, journal or telemetry.",
    };
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on with an interrupted export." };

    public static Command Create()
    {
        var command = new Command("export", "Write the log as NDJSON, for another machine or database.")
        {
            File,
            From,
            To,
            One,
            Resume,
        };
        var flags = SettingOptions.AddTo(command.WithJson(), [.. LogCommand.Settings, Setting.Workspace]);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var settings = ServeSettings.From(flags.Layers(parsed));
                await using var database = await LogDatabase.OpenAsync(settings, cancellationToken);
                var progress = new ProgressLine(parsed.Terminal());
                var options = Options(parsed, settings) with
                {
                    OnPage = (at, to) => progress.Show((double)at / to, Said(at)),
                };
                var export = new LogExport(database.DataSource, options);
                var file = parsed.GetValue(File)!;
                var report = parsed.GetValue(Resume)
                    ? await export.ResumeAsync(file, cancellationToken)
                    : await export.RunAsync(file, cancellationToken);
                progress.Clear();
                await SayAsync(parsed, file, report);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    // Where the export itself goes to standard output, what is said of it stays out of its way.
    private static async Task SayAsync(ParseResult parsed, string file, CopyReport report)
    {
        var words = string.Create(
            CultureInfo.InvariantCulture,
            $"exported {report.Events:N0} events, positions {report.From} to {report.To}, at {report.EventsPerSecond:N0}/s"
        );
        var terminal = parsed.Terminal();
        var line = parsed.IsJson() ? JsonOutput.Line(LogCommand.Facts(file, report)) : words;
        await (parsed.IsJson() && file != "-" ? terminal.Output : terminal.Error).WriteLineAsync(line);
    }

    private static string Said(long position) => string.Create(CultureInfo.InvariantCulture, $"position {position:N0}");

    private static ExportOptions Options(ParseResult parsed, ServeSettings settings)
    {
        if (parsed.GetValue(From) is < 1 || parsed.GetValue(To) < parsed.GetValue(From))
            throw new SettingException("--from and --to are positions from 1 on, the second not before the first");
        return new ExportOptions
        {
            From = parsed.GetValue(From) ?? 1,
            To = parsed.GetValue(To),
            Log = parsed.GetValue(One),
            Version = typeof(ExportCommand).Assembly.GetName().Version!.ToString(3),
            Workspace = new Dictionary<string, string>
            {
                ["id"] = WellKnown.Workspace,
                ["name"] = settings.Server.Workspace,
            },
            Checkpoints = CopiedState.Checkpoints,
            Tables = CopiedState.Tables,
        };
    }
}
