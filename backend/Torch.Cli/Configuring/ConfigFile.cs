using System.Text.RegularExpressions;
using Torch.Cli.Settings;

namespace Torch.Cli.Configuring;

/// <summary>A file with a configuration, and what its placeholders stand for.</summary>
internal static partial class ConfigFile
{
    /// <exception cref="SettingException">It cannot be read.</exception>
    public static async Task<string> ReadAsync(string path, Terminal terminal, CancellationToken ct)
    {
        try
        {
            return path == "-" ? await terminal.Input.ReadToEndAsync(ct) : await File.ReadAllTextAsync(path, ct);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{path} cannot be read: {exception.Message}");
        }
    }

    /// <summary>Those of the environment's variables that a text names as <c>${NAME}</c>, and no others.</summary>
    public static Dictionary<string, string> Variables(string text, Func<string, string?> variable)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var match in Placeholder().EnumerateMatches(text))
        {
            var name = text.Substring(match.Index + 2, match.Length - 3);
            if (variable(name) is { } value)
                values[name] = value;
        }
        return values;
    }

    [GeneratedRegex(@"\$\{[A-Za-z_][A-Za-z0-9_]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
