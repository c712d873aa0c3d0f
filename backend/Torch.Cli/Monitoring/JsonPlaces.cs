using System.Text;
using System.Text.Json;

namespace Torch.Cli.Monitoring;

/// <summary>Where each value of a JSON text begins: <c>services[2].url</c> to line and column, from 1.</summary>
internal static class JsonPlaces
{
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static IReadOnlyDictionary<string, (int Line, int Column)> Of(ReadOnlySpan<byte> json)
    {
        var places = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(
            json,
            new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }
        );
        var containers = new Stack<(string Path, int Index)>();
        var name = "";
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
                containers.Pop();
            else if (reader.TokenType == JsonTokenType.PropertyName)
                name = reader.GetString()!;
            else
            {
                var path = PathOf(containers, name);
                places[path] = At(json, (int)reader.TokenStartIndex);
                if (reader.TokenType == JsonTokenType.StartArray)
                    containers.Push((path, 0));
                if (reader.TokenType == JsonTokenType.StartObject)
                    containers.Push((path, -1));
            }
        }
        return places;
    }

    // An array counts its values; an object takes the name that stands before.
    private static string PathOf(Stack<(string Path, int Index)> containers, string name)
    {
        if (!containers.TryPop(out var inside))
            return "";
        containers.Push(inside.Index < 0 ? inside : (inside.Path, inside.Index + 1));
        if (inside.Index >= 0)
            return $"{inside.Path}[{inside.Index}]";
        return inside.Path.Length > 0 ? $"{inside.Path}.{name}" : name;
    }

    private static (int Line, int Column) At(ReadOnlySpan<byte> json, int index)
    {
        var before = json[..index];
        var start = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[start..]) + 1);
    }
}
