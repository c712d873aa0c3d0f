using System.Text;
using System.Text.RegularExpressions;
using Torch.Cli.Settings;

namespace Torch.Cli.Configuring;

/// <summary>A file with a configuration, and what its placeholders stand for.</summary>
internal static partial class ConfigFile
{
    // Otherwise names in another encoding would come in with question marks in them.
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <exception cref="SettingException">It cannot be read, or is no text.</exception>
    public static async Task<string> ReadAsync(string path, Terminal terminal, CancellationToken ct)
    {
        try
        {
            return path == "-"
                ? await terminal.Input.ReadToEndAsync(ct)
                : await File.ReadAllTextAsync(path, Strict, ct);
        }
        catch (DecoderFallbackException)
        {
            throw new SettingException($"{path} is no UTF-8 text: save it as UTF-8");
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
