using System.Globalization;
using System.Text;
using Torch.Contracts;

namespace Torch.Server.Features.Slos;

/// <summary>
/// A report as CSV (RFC 4180): one line per fact, <c>kind,name,from,to,value,unit,detail</c>. Text that a spreadsheet would take for a
/// formula is preceded by an apostrophe.
/// </summary>
internal static class ReportCsv
{
    public static string Write(ObjectiveReport report)
    {
        var csv = new StringBuilder();
        foreach (var line in Lines(report))
            csv.AppendJoin(',', line.Select(Cell)).Append("\r\n");
        return csv.ToString();
    }

    private static IEnumerable<object?[]> Lines(ObjectiveReport r)
    {
        yield return ["kind", "name", "from", "to", "value", "unit", "detail"];
        yield return ["objective", r.Objective.Name, r.From, r.To, r.Objective.Target, "percent", r.Node.Name];
        yield return ["stamp", "position", null, r.AsOf, r.Position, null, null];
        yield return ["stamp", "policyVersion", null, null, r.Objective.PolicyVersion, null, null];
        yield return ["stamp", "rulesVersion", null, null, r.Node.RulesVersion, null, null];
        yield return ["availability", null, r.From, r.To, r.Availability, "percent", null];
        foreach (
            var (name, amount) in (IEnumerable<(string, long)>)
                [("good", r.Good), ("bad", r.Bad), ("excluded", r.Excluded), ("noData", r.NoData)]
        )
            yield return ["amount", name, r.From, r.To, amount, r.Unit, null];
        if (r.Budget is { } budget)
        {
            yield return ["budget", "total", null, null, budget.Total, r.Unit, null];
            yield return ["budget", "spent", null, null, budget.Spent, r.Unit, null];
            yield return ["budget", "left", null, null, budget.Left, r.Unit, null];
            yield return ["budget", "left", null, null, budget.LeftPercent, "percent", null];
        }
        foreach (var burn in r.Burn)
            yield return ["burn", Name(burn), r.To - burn.Long, r.To, burn.Rate, "rate", burn.Firing ? "firing" : null];
        if (r.Forecast is { } forecast)
            yield return
            [
                "forecast",
                forecast.Exhausted ? "exhausted" : "exhausted at",
                null,
                forecast.At,
                null,
                null,
                null,
            ];
        foreach (var (status, milliseconds) in r.Statuses)
            yield return ["status", status, null, null, milliseconds, "ms", null];
        yield return ["mttr", null, null, null, r.Mttr?.TotalSeconds, "s", null];
        yield return ["mtbf", null, null, null, r.Mtbf?.TotalSeconds, "s", null];
        foreach (var outage in r.Outages)
            yield return
            [
                "outage",
                outage.Worst,
                outage.From,
                outage.To,
                outage.Duration.TotalSeconds,
                "s",
                outage.Cause,
            ];
        foreach (var exclusion in r.Exclusions)
            yield return ["exclusion", exclusion.Author, exclusion.From, exclusion.To, null, null, exclusion.Reason];
        foreach (var node in r.Nodes ?? [])
            yield return ["node", node.Name, r.From, r.To, node.Availability, "percent", node.NodeId.ToString()];
    }

    private static string Name(BurnView burn) =>
        $"{burn.Tier} {Text(burn.Long)}/{Text(burn.Short)} over {burn.Threshold.ToString(CultureInfo.InvariantCulture)}";

    private static string Text(TimeSpan span) => System.Xml.XmlConvert.ToString(span);

    private static string Cell(object? value) =>
        value switch
        {
            null => "",
            string text => Quoted(Harmless(text)),
            DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"no cell is a {value.GetType()}"),
        };

    // What a spreadsheet takes for the beginning of a formula, also behind blanks.
    private static string Harmless(string text) =>
        text.TrimStart() is ['=' or '+' or '-' or '@' or '|' or '%', ..] || text is ['\t' or '\r' or '\n', ..]
            ? "'" + text
            : text;

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") >= 0 || text.StartsWith(' ') || text.EndsWith(' ')
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
}
