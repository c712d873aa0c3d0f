using System.Globalization;
using System.Text.Json;
using System.Xml;
using Torch.Cli.Client;

namespace Torch.Cli.Slos;

/// <summary>Reports in words.</summary>
internal static class SloText
{
    public static IEnumerable<string> Lines(JsonElement report)
    {
        var (objective, node) = (report.GetProperty("objective"), report.GetProperty("node"));
        yield return $"{Text(objective, "name")}: {Percent(report, "availability")} of {Number(objective, "target")} % promised, {Met(report)}";
        yield return $"  {Text(node, "name")}, {Text(report, "from")} to {Text(report, "to")}{Until(report)}";
        yield return $"  as of {Text(report, "asOf")}, position {Number(report, "position")}, policy {Number(objective, "policyVersion")}, rules {Number(node, "rulesVersion")}";
        foreach (var amount in (string[])["good", "bad", "excluded", "noData"])
            yield return Row(amount is "noData" ? "no data" : amount, Amount(report, report.GetProperty(amount)));
        foreach (var line in Budget(report).Concat(Burns(report)).Concat(Outages(report)).Concat(Nodes(report)))
            yield return line;
    }

    /// <summary>The worst budget first; as JSON a report each.</summary>
    public static IEnumerable<string> Table(IEnumerable<JsonElement> reports, bool isJson)
    {
        var sorted = reports.OrderBy(LeftPercent).ToList();
        return isJson
            ? [$"[{string.Join(',', sorted.Select(r => r.GetRawText()))}]"]
            : TextTable.Lines(
                ["objective", "node", "target", "availability", "budget left", "burning"],
                [.. sorted.Select(r => (IReadOnlyList<string>)Cells(r))]
            );
    }

    private static string[] Cells(JsonElement report) =>
        [
            Text(report.GetProperty("objective"), "name"),
            Text(report.GetProperty("node"), "name"),
            Number(report.GetProperty("objective"), "target") + " %",
            Percent(report, "availability"),
            report.GetProperty("budget") is { ValueKind: JsonValueKind.Object } budget
                ? Percent(budget, "leftPercent")
                : "-",
            string.Join(' ', Firing(report).Distinct()),
        ];

    private static IEnumerable<string> Firing(JsonElement report) =>
        report
            .GetProperty("burn")
            .EnumerateArray()
            .Where(b => b.GetProperty("firing").GetBoolean())
            .Select(b => Text(b, "tier"));

    private static decimal LeftPercent(JsonElement report) =>
        report.GetProperty("budget") is { ValueKind: JsonValueKind.Object } budget
        && budget.GetProperty("leftPercent") is { ValueKind: JsonValueKind.Number } left
            ? left.GetDecimal()
            : decimal.MaxValue;

    private static IEnumerable<string> Budget(JsonElement report)
    {
        if (report.GetProperty("budget") is not { ValueKind: JsonValueKind.Object } budget)
            yield break;
        yield return Row(
            "budget",
            $"{Amount(report, budget.GetProperty("left"))} left of {Amount(report, budget.GetProperty("total"))} ({Percent(budget, "leftPercent")})"
        );
        if (report.GetProperty("forecast") is { ValueKind: JsonValueKind.Object } forecast)
            yield return Row("forecast", Forecast(forecast));
    }

    private static string Forecast(JsonElement forecast) =>
        forecast.GetProperty("exhausted").GetBoolean() ? "the budget is spent"
        : forecast.GetProperty("at").GetString() is { } at ? $"at the pace of the last three days it is spent at {at}"
        : "at the pace of the last three days it lasts";

    private static IEnumerable<string> Burns(JsonElement report) =>
        report
            .GetProperty("burn")
            .EnumerateArray()
            .Select(b =>
                Row(
                    "burn",
                    $"{Text(b, "tier"), -6} {Text(b, "long"), 5} {Rate(b, "rate")}, {Text(b, "short"), 5} {Rate(b, "shortRate")}, fires above {Number(b, "threshold")}{(b.GetProperty("firing").GetBoolean() ? ": FIRING" : "")}"
                )
            );

    private static IEnumerable<string> Outages(JsonElement report)
    {
        var count = report.GetProperty("outageCount").GetInt32();
        if (count == 0)
            yield break;
        yield return Row("outages", $"{count}, repaired in {Mean(report, "mttr")}, every {Mean(report, "mtbf")}");
        foreach (var outage in report.GetProperty("outages").EnumerateArray())
            yield return $"    {Text(outage, "from")}  {Span(Text(outage, "duration"))}  {Text(outage, "worst")}: {outage.GetProperty("cause").GetString()}";
    }

    private static IEnumerable<string> Nodes(JsonElement report) =>
        report.GetProperty("nodes") is { ValueKind: JsonValueKind.Array } nodes
            ? nodes
                .EnumerateArray()
                .Select(n => $"    {Percent(n, "availability"), 12}  {Text(n, "name")}")
                .Prepend(Row("nodes", Text(nodes.GetArrayLength())))
            : [];

    private static string Row(string what, string text) => $"  {what, -9}{text}";

    private static string Until(JsonElement report) =>
        report.GetProperty("windowEnd").GetDateTimeOffset() > report.GetProperty("to").GetDateTimeOffset()
            ? $" (the window ends {Text(report, "windowEnd")})"
            : "";

    private static string Met(JsonElement report) =>
        report.GetProperty("met").ValueKind switch
        {
            JsonValueKind.True => "met",
            JsonValueKind.False => "MISSED",
            _ => "nothing to judge",
        };

    private static string Amount(JsonElement report, JsonElement amount) =>
        report.GetProperty("unit").ValueEquals("ms")
            ? Span(TimeSpan.FromMilliseconds(amount.GetInt64()))
            : Text($"{amount.GetInt64():N0} observations");

    private static string Mean(JsonElement report, string name) =>
        report.GetProperty(name).GetString() is { } span ? Span(span) : "-";

    private static string Span(string iso) => Span(XmlConvert.ToTimeSpan(iso));

    private static string Span(TimeSpan span) => span.ToString(@"d\.hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);

    private static string Percent(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() + " %" : "-";

    private static string Rate(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: JsonValueKind.Number } number
            ? Text($"{number.GetDecimal():0.##}")
            : "-";

    private static string Number(JsonElement json, string name) => json.GetProperty(name).GetRawText();

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
