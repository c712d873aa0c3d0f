namespace Torch.Cli.Settings;

/// <summary>The values of settings, from three places: a flag beats the environment, which beats the file.</summary>
/// <param name="flags">As given on the command line; null where one was not.</param>
/// <param name="environment">Looks a variable up.</param>
/// <param name="file">What the settings file says.</param>
public sealed class SettingLayers(
    Func<Setting, string?> flags,
    Func<string, string?> environment,
    IReadOnlyDictionary<Setting, string> file
)
{
    /// <summary>The value that counts; null where nobody gave one. An empty value is none.</summary>
    public string? this[Setting setting] =>
        Given(flags(setting)) ?? Given(environment(setting.Variable)) ?? Given(file.GetValueOrDefault(setting));

    /// <param name="byDefault">Where nobody said so.</param>
    /// <exception cref="SettingException">It is neither true nor false.</exception>
    public bool IsOn(Setting setting, bool byDefault = false) =>
        this[setting] switch
        {
            null => byDefault,
            "false" or "0" => false,
            "true" or "1" => true,
            var text => throw new SettingException($"{setting.Flag}: \"{text}\" is neither true nor false"),
        };

    /// <summary>A setting of the sign-in provider: they have no flags, for one of them is a secret.</summary>
    public string? OAuth(string name) => Given(environment("TORCH_OAUTH_" + name));

    /// <summary>A variable that is not Torch's own.</summary>
    public string? Variable(string name) => Given(environment(name));

    /// <summary>A list's members; semicolons or commas part them.</summary>
    public IReadOnlyList<string>? List(Setting setting) =>
        this[setting]?.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
