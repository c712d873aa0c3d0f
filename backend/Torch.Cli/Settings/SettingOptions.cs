using System.CommandLine;

namespace Torch.Cli.Settings;

/// <summary>The flags of a command that takes settings, with <c>--config</c>.</summary>
internal sealed class SettingOptions
{
    private readonly Option<string?> _config = new("--config")
    {
        Description = "A JSON file of settings, also TORCH_CONFIG.",
    };
    private readonly Dictionary<Setting, Option<string?>> _options;

    private SettingOptions(IEnumerable<Setting> settings) =>
        _options = settings.Where(s => !s.IsSecret).ToDictionary(s => s, Option);

    /// <summary>Adds the flags to a command.</summary>
    public static SettingOptions AddTo(Command command, IEnumerable<Setting> settings)
    {
        var options = new SettingOptions(settings);
        command.Add(options._config);
        foreach (var option in options._options.Values)
            command.Add(option);
        return options;
    }

    /// <summary>What was given, with environment and file behind it.</summary>
    /// <exception cref="SettingException">The file makes no sense.</exception>
    public SettingLayers Layers(ParseResult parsed) =>
        new(
            setting => _options.TryGetValue(setting, out var option) ? parsed.GetValue(option) : null,
            parsed.Terminal().Variable,
            File(parsed.GetValue(_config) ?? parsed.Terminal().Variable("TORCH_CONFIG"))
        );

    private static Option<string?> Option(Setting setting)
    {
        var option = new Option<string?>(setting.Flag) { Description = setting.Help };
        if (setting.IsSwitch)
            AllowAlone(option);
        return option;
    }

    // --behind-proxy means --behind-proxy true.
    private static void AllowAlone(Option<string?> option)
    {
        option.Arity = ArgumentArity.ZeroOrOne;
        option.CustomParser = result => result.Tokens is [var token, ..] ? token.Value : "true";
    }

    private static IReadOnlyDictionary<Setting, string> File(string? path) =>
        string.IsNullOrWhiteSpace(path) ? new Dictionary<Setting, string>() : SettingsFile.Read(path);
}
