using System.Text.Json;

namespace Torch.Cli.Auditing;

/// <summary>Changes in words.</summary>
internal static class AuditText
{
    private const int MostData = 300;

    public static string Line(JsonElement entry) =>
        $"{entry.GetProperty("position")} {Text(entry, "at")} {Text(entry, "actor") ?? "Torch"} {Text(entry, "type")} {Subject(entry)}: {Change(entry)}{Reason(entry)}";

    public static IEnumerable<string> Detail(JsonElement detail)
    {
        var entry = detail.GetProperty("entry");
        yield return Line(entry);
        if (Text(entry, "origin") is { } origin)
            yield return $"  from {origin}, request {Text(entry, "correlationId")}";
        foreach (var cause in detail.GetProperty("causes").EnumerateArray())
            yield return $"  {(Is(cause, "decided") ? "decided by" : "after     ")} {Link(cause)}";
        foreach (var effect in detail.GetProperty("effects").EnumerateArray())
            yield return $"  {(Is(effect, "decided") ? "decided   " : "brought   ")} {Link(effect)}";
        var shown = detail.GetProperty("effects").GetArrayLength();
        var count = detail.GetProperty("effectCount").GetInt64();
        if (count > shown)
            yield return $"  and {count - shown} more";
    }

    private static bool Is(JsonElement link, string relation) => link.GetProperty("relation").ValueEquals(relation);

    private static string Link(JsonElement link) =>
        $"{link.GetProperty("position")} {Text(link, "at")} {Text(link, "type")} {Subject(link)}{(Text(link, "actor") is { } who ? $" by {who}" : "")}{Reason(link)}{(Text(link, "sentence") is { } said ? $": {said}" : "")}";

    private static string Subject(JsonElement entry)
    {
        var subject = entry.GetProperty("subject");
        return $"{Text(subject, "kind")} {Text(subject, "name") ?? Text(subject, "id")}";
    }

    private static string Change(JsonElement entry) =>
        $"{Short(entry.GetProperty("before"))} -> {Short(entry.GetProperty("after"))}";

    private static string Short(JsonElement json) =>
        json.ValueKind == JsonValueKind.Null ? "nothing"
        : json.GetRawText() is { Length: > MostData } text ? text[..MostData] + " ..."
        : json.GetRawText();

    private static string Reason(JsonElement json) => Text(json, "reason") is { } why ? $" ({why})" : "";

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
