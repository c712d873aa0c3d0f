using System.Globalization;

namespace Torch.Domain.Importing;

/// <summary>A row of one of Torch v1's tables: its columns by name, in any order, as text.</summary>
public sealed class V1Row(IEnumerable<KeyValuePair<string, string?>> columns)
{
    private readonly Dictionary<string, string?> _columns = new(columns, StringComparer.OrdinalIgnoreCase);

    /// <summary>The first of these columns that has something in it; null where none has.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (_columns.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text))
                return text.Trim();
        return null;
    }

    public double? Number(params ReadOnlySpan<string> names) =>
        double.TryParse(Text(names), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    public bool Flag(params ReadOnlySpan<string> names) =>
        Text(names)?.ToLowerInvariant() is "t" or "true" or "1" or "yes";

    public DateTimeOffset? Time(params ReadOnlySpan<string> names) =>
        DateTimeOffset.TryParse(
            Text(names),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;
}

/// <summary>A report that a script of Torch v1 posted.</summary>
/// <param name="Parent">The node that it stands below, by id or title; null while it is unplaced.</param>
public sealed record V1Report(
    string ReportId,
    string? Title,
    string? Description,
    double? Value,
    string? Parent,
    DateTimeOffset? Time
);

/// <param name="ReportId">Where the node itself shows a report.</param>
/// <param name="Excluded">Switched off by a person.</param>
public sealed record V1Node(string Id, string Title, string? Parent, string? ReportId, bool Excluded);

/// <param name="Operator"><c>&lt; &gt; = &lt;= &gt;=</c></param>
/// <param name="Action"><c>set_parent_status_up</c>, <c>_down</c> or <c>_critical</c>.</param>
public sealed record V1Rule(string Id, string? ReportId, string? Operator, double? Threshold, string? Action);

/// <param name="Rule"><c>{"conditions":{"operator":"AND|OR","conditions":[{"node_id","status","title"}]},"action"}</c></param>
public sealed record V1NodeRule(string Id, string? NodeId, string? Rule, string? Action);

/// <summary>What Torch v1's database holds.</summary>
public sealed record V1Dump(
    IReadOnlyList<V1Report> Reports,
    IReadOnlyList<V1Node> Nodes,
    IReadOnlyList<V1Rule> Rules,
    IReadOnlyList<V1NodeRule> NodeRules
)
{
    /// <summary>The four tables; columns that are not known are passed over.</summary>
    public static V1Dump Read(
        IEnumerable<V1Row> reports,
        IEnumerable<V1Row> nodes,
        IEnumerable<V1Row> rules,
        IEnumerable<V1Row> nodeRules
    ) =>
        new(
            [.. reports.Where(r => r.Text("report_id") is not null).Select(Report)],
            [.. nodes.Where(r => r.Text("id", "node_id") is not null).Select(Node)],
            [.. rules.Select(Rule)],
            [.. nodeRules.Select(NodeRule)]
        );

    private static V1Report Report(V1Row row) =>
        new(
            row.Text("report_id")!,
            row.Text("title"),
            row.Text("description"),
            row.Number("value"),
            row.Text("parent", "parent_id"),
            row.Time("time", "created_at")
        );

    private static V1Node Node(V1Row row) =>
        new(
            row.Text("id", "node_id")!,
            row.Text("title", "name") ?? row.Text("id", "node_id")!,
            row.Text("parent", "parent_id"),
            row.Text("report_id", "report"),
            row.Flag("excluded", "is_excluded", "exclude")
        );

    private static V1Rule Rule(V1Row row) =>
        new(
            row.Text("id", "rule_id") ?? "",
            row.Text("report_id", "report"),
            row.Text("operator"),
            row.Number("threshold", "value"),
            row.Text("action")
        );

    private static V1NodeRule NodeRule(V1Row row) =>
        new(
            row.Text("id", "rule_id") ?? "",
            row.Text("node_id", "node"),
            row.Text("rule", "rules", "conditions", "json"),
            row.Text("action")
        );
}
