using System.Globalization;
using System.Text.Json;
using Torch.Cli.Client;

namespace Torch.Cli.Checks;

/// <summary>Checks and observations in words.</summary>
internal static class CheckText
{
    public static IEnumerable<string> Table(IReadOnlyList<JsonElement> checks, bool isNumbered)
    {
        string[] head = ["name", "kind", "every", "last", "target"];
        var rows = checks.Select(Row).Select(IReadOnlyList<string> (row) => row).ToList();
        if (isNumbered)
            return TextTable.Lines(
                ["#", .. head],
                [.. rows.Select((row, i) => (IReadOnlyList<string>)[$"{i + 1}", .. row])]
            );
        return TextTable.Lines(head, rows);
    }

    /// <summary>One line: the outcome, its cause, how long it took.</summary>
    public static string Observation(JsonElement seen)
    {
        var parts = new List<string> { seen.GetProperty("outcome").GetString()! };
        if (Maybe(seen, "statusCode") is { } code)
            parts.Add(code);
        if (Maybe(seen, "cause") is { } cause)
            parts.Add(cause);
        if (Member(seen, "latency") is { } latency)
            parts.Add(Latency(latency));
        else if (Maybe(seen, "value") is { } value)
            parts.Add(value);
        if (Maybe(seen, "message") is { } message)
            parts.Add(message);
        return string.Join("  ", parts);
    }

    /// <summary>Everything that was set, a line each, then the last observation.</summary>
    public static IEnumerable<string> Details(JsonElement check)
    {
        foreach (var member in check.EnumerateObject().Where(m => m.Name is not ("latest" or "nodeIds" or "version")))
        foreach (var line in Setting(member.Name, member.Value))
            yield return line;
        yield return $"{"last", -24} {(Member(check, "latest") is { } seen ? Observation(seen) : "nothing yet")}";
    }

    private static IEnumerable<string> Setting(string name, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.Object => value.EnumerateObject().SelectMany(m => Setting($"{name}.{m.Name}", m.Value)),
            _ => [$"{name, -24} {value}"],
        };

    private static string[] Row(JsonElement check) =>
        [
            check.GetProperty("name").GetString()!,
            check.GetProperty("kind").GetString()!,
            check.GetProperty("enabled").GetBoolean() ? Every(check) : "stopped",
            Member(check, "latest")?.GetProperty("outcome").GetString() ?? "",
            Target(check),
        ];

    private static string Every(JsonElement check) => Maybe(check, "cron") ?? Durations.Short(Maybe(check, "interval"));

    private static string Target(JsonElement check)
    {
        if (Member(check, check.GetProperty("kind").GetString()!) is not { } settings)
            return Maybe(check, "source") ?? "";
        var port = Maybe(settings, "port") is { } number ? ":" + number : "";
        return Maybe(settings, "url") ?? (Maybe(settings, "host") ?? Maybe(settings, "name")) + port;
    }

    private static string Latency(JsonElement latency)
    {
        var phases = latency
            .EnumerateObject()
            .Where(p => p.Name != "total" && p.Value.ValueKind == JsonValueKind.Number);
        var each = string.Join(
            ", ",
            phases.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name} {p.Value.GetDouble():0.#}"))
        );
        var total = string.Create(CultureInfo.InvariantCulture, $"{latency.GetProperty("total").GetDouble():0.#} ms");
        return each.Length > 0 ? $"{total} ({each})" : total;
    }

    private static JsonElement? Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? member : null;

    private static string? Maybe(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind is not JsonValueKind.Null
            ? member.ToString()
            : null;
}
