using System.CommandLine;
using Torch.Cli.Settings;

namespace Torch.Cli.Serving;

/// <summary><c>torch serve</c>: server, agent and, unless a connection string is given, PostgreSQL.</summary>
internal static class ServeCommand
{
    private const string Help =
        "Run Torch. Each setting is also an environment variable (TORCH_URLS) and a member of the settings file (\"urls\"); "
        + "a flag beats the environment, which beats the file. TORCH_ADMIN_KEY has no flag.";

    public static Command Create()
    {
        var command = new Command("serve", Help);
        var options = SettingOptions.AddTo(command.WithJson(), Setting.All);
        command.SetAction(
            (parsed, cancellationToken) =>
                TorchProcess.RunAsync(ServeSettings.From(options.Layers(parsed)), parsed, cancellationToken)
        );
        return command;
    }
}
