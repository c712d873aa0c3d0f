using System.Text.Json;

namespace Torch.Cli.Settings;

/// <summary>The JSON file of <c>--config</c>: one object whose members are settings.</summary>
public static class SettingsFile
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <exception cref="SettingException">It cannot be read, is no JSON object, or names something that is no setting.</exception>
    public static IReadOnlyDictionary<Setting, string> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new SettingException(
                    $"{path}: expected an object such as {{\"urls\": \"http://127.0.0.1:8080\"}}"
                );
            return document.RootElement.EnumerateObject().ToDictionary(p => Named(path, p.Name), p => Text(path, p));
        }
        catch (JsonException exception)
        {
            throw new SettingException(
                $"{path} is not JSON: line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}"
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{path} cannot be read: {exception.Message}");
        }
    }

    private static Setting Named(string path, string key) =>
        Setting.All.Union(Setting.OfAgents).FirstOrDefault(s => s.Key == key)
        ?? throw new SettingException(
            $"{path}: \"{key}\" is no setting; there are {string.Join(", ", Setting.All.Union(Setting.OfAgents).Select(s => s.Key))}"
        );

    private static string Text(string path, JsonProperty property) =>
        property.Value.ValueKind switch
        {
            JsonValueKind.String => property.Value.GetString()!,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Array => string.Join(';', property.Value.EnumerateArray().Select(v => v.ToString())),
            _ => throw new SettingException(
                $"{path}: \"{property.Name}\" must be a text, a list of texts, or true or false"
            ),
        };
}
