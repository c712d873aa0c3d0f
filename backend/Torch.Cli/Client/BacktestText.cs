using System.Globalization;
using System.Text.Json;

namespace Torch.Cli.Client;

/// <summary>A backtest in words.</summary>
internal static class BacktestText
{
    /// <summary>What stands behind the bar.</summary>
    public static string Progress(JsonElement progress) =>
        Text($"{progress.GetProperty("events").GetInt64():N0} events, {progress.GetProperty("rate").GetInt64():N0}/s");

    public static IEnumerable<string> Lines(JsonElement result)
    {
        yield return Text(
            $"{result.GetProperty("from").GetString()} to {result.GetProperty("to").GetString()}, {result.GetProperty("events").GetInt64():N0} events"
        );
        if (result.TryGetProperty("cutAt", out var cut) && cut.ValueKind is not JsonValueKind.Null)
            yield return "The window begins there because nothing older is kept.";
        foreach (var line in result.GetProperty("nodes").EnumerateArray().SelectMany(Node))
            yield return line;
    }

    private static IEnumerable<string> Node(JsonElement node)
    {
        var (before, after) = (node.GetProperty("before"), node.GetProperty("after"));
        yield return "";
        yield return Text($"{node.GetProperty("name").GetString(), -24} {"as it was", 14} {"as it would be", 14}");
        foreach (var what in (string[])["transitions", "notices", "incidents", "availability"])
            yield return Row(what, before.GetProperty(what).ToString(), after.GetProperty(what).ToString());
        foreach (var status in Statuses(before).Union(Statuses(after)))
            yield return Row("minutes " + status, Minutes(before, status), Minutes(after, status));
        yield return Row("incidents missed", "", node.GetProperty("missedCount").ToString());
        yield return Row("incidents new", "", node.GetProperty("newCount").ToString());
        foreach (var line in node.GetProperty("objectives").EnumerateArray().SelectMany(Objective))
            yield return line;
        foreach (var line in Changes("+", node.GetProperty("added")).Concat(Changes("-", node.GetProperty("removed"))))
            yield return line;
    }

    private static IEnumerable<string> Objective(JsonElement objective)
    {
        var (before, after) = (objective.GetProperty("before"), objective.GetProperty("after"));
        yield return Text(
            $"  objective {objective.GetProperty("name").GetString()}, {objective.GetProperty("target")} %"
        );
        yield return Row("  availability %", Availability(before), Availability(after));
        yield return Row("  met", Met(before), Met(after));
        yield return Row("  budget left", BudgetLeft(before), BudgetLeft(after));
    }

    private static string Availability(JsonElement standing) => Said(standing.GetProperty("availability")) ?? "no data";

    private static string Met(JsonElement standing) =>
        standing.GetProperty("met").ValueKind switch
        {
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            _ => "no data",
        };

    private static string BudgetLeft(JsonElement standing) =>
        standing.GetProperty("budget") is not { ValueKind: JsonValueKind.Object } budget ? "no data"
        : Said(budget.GetProperty("leftPercent")) is { } percent ? percent + " %"
        : Text($"{budget.GetProperty("left").GetInt64():N0} ms");

    private static string? Said(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.ToString();

    private static IEnumerable<string> Changes(string sign, JsonElement changes) =>
        changes
            .EnumerateArray()
            .Take(20)
            .Select(c =>
                $"{sign} {c.GetProperty("at").GetString()} {c.GetProperty("from").GetString()} -> {c.GetProperty("to").GetString()}  {c.GetProperty("sentence").GetString()}"
            );

    private static IEnumerable<string> Statuses(JsonElement history) =>
        history.GetProperty("minutes").EnumerateObject().Select(m => m.Name);

    private static string Minutes(JsonElement history, string status) =>
        history.GetProperty("minutes").TryGetProperty(status, out var minutes) ? minutes.ToString() : "0";

    private static string Row(string what, string before, string after) =>
        Text($"  {what, -22} {before, 14} {after, 14}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
