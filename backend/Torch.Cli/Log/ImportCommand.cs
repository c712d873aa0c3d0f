using System.CommandLine;
using System.Globalization;
using Torch.Cli.Settings;
using Torch.EventStore;
using Torch.EventStore.Copying;
using Torch.Server;
using Torch.Server.Copying;

namespace Torch.Cli.Log;

/// <summary><c>torch log import</c>: brings an export into a database. Repeated, it goes on where it was stopped.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description = "An export: a path (compressed where it ends in .gz), or - for standard input.",
        };
        var command = new Command("import", "Bring an export into a fresh database, or go on with it.") { file };
        var options = SettingOptions.AddTo(command.WithJson(), LogCommand.Settings);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var settings = ServeSettings.From(options.Layers(parsed));
                await using var database = await LogDatabase.OpenAloneAsync(settings, cancellationToken);
                await SchemaInstaller.ApplyAsync(
                    database.DataSource,
                    SchemaScript.EmbeddedIn(typeof(TorchServer).Assembly),
                    cancellationToken
                );
                var progress = new ProgressLine(parsed.Terminal());
                var import = new LogImport(database.DataSource, CopiedState.Tables)
                {
                    OnBatch = (at, to) =>
                        progress.Show(
                            (double)at / to,
                            string.Create(CultureInfo.InvariantCulture, $"position {at:N0}")
                        ),
                };
                var report = await import.RunAsync(parsed.GetValue(file)!, cancellationToken);
                progress.Clear();
                await parsed.SayAsync(
                    LogCommand.Facts(parsed.GetValue(file)!, report),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"imported {report.Events - report.Skipped:N0} events, positions {report.From} to {report.To}, at {report.EventsPerSecond:N0}/s; {report.Skipped:N0} were there already"
                    )
                );
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
