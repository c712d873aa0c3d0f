using System.CommandLine;
using Torch.Cli.Client;

namespace Torch.Cli.Monitoring;

/// <summary><c>torch config</c>: the Universal Monitoring Tool's file, as its own commands wrote it.</summary>
internal static class ConfigCommand
{
    /// <summary>The file; the same for every command that reads it.</summary>
    public static readonly Option<string> ConfigPath = new("--config-path")
    {
        Description = "The file of services; config.json here by default.",
        DefaultValueFactory = _ => "config.json",
    };

    public static Command Create() =>
        new("config", "Make and look at a file of services (the Universal Monitoring Tool's).")
        {
            Make(),
            Show(),
            ServicesCommand.Create(),
        };

    private static Command Make()
    {
        var yes = Confirmation.Yes();
        var command = new Command("create", "Make an empty file of services.") { ConfigPath, yes }.WithJson();
        command.SetAction(
            async (parsed, ct) =>
            {
                var path = parsed.GetValue(ConfigPath)!;
                var question = $"{path} is there already. Replace it?";
                if (
                    File.Exists(path)
                    && !await Confirmation.AskAsync(parsed.Terminal(), question, parsed.GetValue(yes), ct)
                )
                    return ExitCodes.Declined;
                new ServicesFile([]).Write(path);
                await parsed.SayAsync(new { path }, $"made {path}");
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static Command Show()
    {
        var command = new Command("show", "Print the file, once it is known to be good.") { ConfigPath }.WithJson();
        command.SetAction(
            async (parsed, ct) =>
            {
                var path = parsed.GetValue(ConfigPath)!;
                var file = ServicesFile.Read(path);
                await parsed.SayAsync(file, (await File.ReadAllTextAsync(path, ct)).TrimEnd());
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
