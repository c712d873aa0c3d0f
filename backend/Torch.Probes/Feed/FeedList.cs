using System.Text.Json;
using Torch.Contracts;
using Torch.Text;

namespace Torch.Probes.Feed;

/// <summary>The devices in a feed's JSON.</summary>
/// <param name="Skipped">Those without an id, with one that came before, or beyond the most that are taken.</param>
internal sealed record FeedList(IReadOnlyList<FeedItem> Items, int Skipped)
{
    private const int MostItems = 5_000;
    private const int MostIdCharacters = 100;
    private const int MostTextCharacters = 200;

    /// <exception cref="ProbeFault">It is no JSON, or holds no list where the settings say.</exception>
    public static FeedList Read(ReadOnlyMemory<byte> json, FeedSettings settings)
    {
        using var document = Parse(json);
        var list = Find(document.RootElement, settings.Items ?? "$");
        var items = new Dictionary<string, FeedItem>(StringComparer.Ordinal);
        foreach (var one in list.EnumerateArray())
            if (items.Count < MostItems && Read(one, settings) is { } item)
                items.TryAdd(item.Id, item);
        return new FeedList([.. items.Values], list.GetArrayLength() - items.Count);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException)
        {
            throw new ProbeFault("body", "The answer is not JSON.");
        }
    }

    private static JsonElement Find(JsonElement root, string path) =>
        (path is "$" ? root : JsonPath.Read(path)?.Find(root)) is { ValueKind: JsonValueKind.Array } list
            ? list
            : throw NoList(path);

    private static ProbeFault NoList(string path) =>
        new("body", $"The answer holds no list at {StorableText.Cap(path, 200)}.");

    private static FeedItem? Read(JsonElement one, FeedSettings settings)
    {
        if (one.ValueKind is not JsonValueKind.Object || Text(one, settings.IdField ?? "id") is not { } id)
            return null;
        if (id.Length > MostIdCharacters || id.Any(char.IsControl))
            return null;
        return new FeedItem(
            id,
            Text(one, settings.NameField ?? "name"),
            Meaning(Text(one, settings.StatusField ?? "status"), settings),
            Text(one, settings.AddressField ?? "ip_address")
        );
    }

    private static string? Meaning(string? word, FeedSettings settings)
    {
        if (word is null || settings.Statuses is not { } statuses)
            return word;
        var known = statuses.FirstOrDefault(s => s.Key.Equals(word, StringComparison.OrdinalIgnoreCase));
        return known.Key is null ? word : known.Value;
    }

    private static string? Text(JsonElement one, string field)
    {
        if (!one.TryGetProperty(field, out var value))
            return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => "",
        };
        return text.Length == 0 ? null : text[..Math.Min(text.Length, MostTextCharacters)];
    }
}
