using System.CommandLine;
using Torch.Cli.Settings;

namespace Torch.Cli.Serving;

/// <summary><c>torch serve</c>: server, agent and, unless a connection string is given, PostgreSQL.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var config = new Option<string?>("--config") { Description = "A JSON file of settings, also TORCH_CONFIG." };
        var options = Setting.All.Where(s => !s.IsSecret).ToDictionary(s => s, Option);
        var command = new Command("serve", Help) { config };
        foreach (var option in options.Values)
            command.Add(option);
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var layers = new SettingLayers(
                    setting => options.TryGetValue(setting, out var option) ? parsed.GetValue(option) : null,
                    Environment.GetEnvironmentVariable,
                    File(parsed.GetValue(config) ?? Environment.GetEnvironmentVariable("TORCH_CONFIG"))
                );
                return TorchProcess.RunAsync(ServeSettings.From(layers), cancellationToken);
            }
        );
        return command;
    }

    private const string Help =
        "Run Torch. Each setting is also an environment variable (TORCH_URLS) and a member of the settings file (\"urls\"); "
        + "a flag beats the environment, which beats the file. TORCH_ADMIN_KEY has no flag.";

    private static Option<string?> Option(Setting setting)
    {
        var option = new Option<string?>(setting.Flag) { Description = setting.Help };
        if (setting == Setting.BehindProxy)
            AllowAlone(option);
        return option;
    }

    // A switch may stand alone: --behind-proxy means --behind-proxy true.
    private static void AllowAlone(Option<string?> option)
    {
        option.Arity = ArgumentArity.ZeroOrOne;
        option.CustomParser = result => result.Tokens is [var token, ..] ? token.Value : "true";
    }

    private static IReadOnlyDictionary<Setting, string> File(string? path) =>
        string.IsNullOrWhiteSpace(path) ? new Dictionary<Setting, string>() : SettingsFile.Read(path);
}
