using System.CommandLine;
using System.Text.Json;
using Torch.Cli.Settings;
using Torch.EventStore.Measuring;

namespace Torch.Cli.Log;

/// <summary><c>torch log stats</c>: sizes, rates, partitions and who is behind.</summary>
internal static class StatsCommand
{
    public static Command Create()
    {
        var command = new Command("stats", "Print sizes, rates, partitions and checkpoints.");
        var options = SettingOptions.AddTo(command.WithJson(), LogCommand.Settings);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var settings = ServeSettings.From(options.Layers(parsed));
                await using var database = await LogDatabase.OpenAsync(settings, cancellationToken);
                var stats = await new LogMeasure(database.DataSource).RunAsync(cancellationToken);
                await parsed.SayAsync(
                    parsed.IsJson() ? JsonSerializer.Serialize(stats, VerifyText.Format) : StatsText.Lines(stats)
                );
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
