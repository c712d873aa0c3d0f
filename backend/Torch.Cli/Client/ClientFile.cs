using System.Text.Json;
using Torch.Cli.Settings;

namespace Torch.Cli.Client;

/// <summary>What a user's client verbs take when neither flag nor environment says so: <c>torch/client.json</c> in the folder for settings.</summary>
internal sealed record ClientFile(string? Server = null, string? Key = null)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <exception cref="SettingException">It is there and makes no sense.</exception>
    public static ClientFile Read(Func<string, string?> variable)
    {
        if (PathOf(variable) is not { } path || !File.Exists(path))
            return new();
        try
        {
            return JsonSerializer.Deserialize<ClientFile>(File.ReadAllText(path), Format) ?? new();
        }
        catch (JsonException exception)
        {
            throw new SettingException(
                $"{path}: expected {{\"server\": \"...\", \"key\": \"...\"}}, line {exception.LineNumber + 1} is not so"
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{path} cannot be read: {exception.Message}");
        }
    }

    // $XDG_CONFIG_HOME, ~/.config, or %APPDATA%.
    private static string? PathOf(Func<string, string?> variable)
    {
        var folder =
            variable("XDG_CONFIG_HOME") is { Length: > 0 } given ? given
            : variable("HOME") is { Length: > 0 } home && !OperatingSystem.IsWindows() ? Path.Combine(home, ".config")
            : variable("APPDATA");
        return folder is { Length: > 0 } ? Path.Combine(folder, "torch", "client.json") : null;
    }
}
