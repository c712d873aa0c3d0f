using System.Globalization;
using System.Text.Json;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Importing;

/// <summary>Torch v1's two kinds of rules as Torch's. Where several match, the worst wins: in v1 it was chance.</summary>
internal static class V1Rules
{
    private const string Action = "set_parent_status_";

    private static readonly string[] Statuses =
    [
        StatusCatalog.Up,
        StatusCatalog.Down,
        StatusCatalog.Critical,
        StatusCatalog.Expired,
    ];

    public static Rule? OfReport(V1Rule rule, List<string> left)
    {
        var parsed =
            rule.Operator is "<" or ">" or "=" or "<=" or ">=" && rule.Threshold is { } threshold
                ? RuleText
                    .Parse(string.Create(CultureInfo.InvariantCulture, $"value {rule.Operator} {threshold:R}"))
                    .Condition
                : null;
        if (parsed is not null && StatusOf(rule.Action) is { } status)
            return new(parsed, status);
        left.Add(
            $"rule {rule.Id} of report {rule.ReportId}: \"{rule.Operator} {rule.Threshold} {rule.Action}\" is no rule of Torch v1"
        );
        return null;
    }

    public static Rule? OfNode(V1NodeRule rule, V1Place group, V1Tree tree, List<string> left)
    {
        try
        {
            using var json = JsonDocument.Parse(rule.Rule ?? "");
            return Read(json.RootElement, rule, group, tree);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            left.Add($"node rule {rule.Id} of {group.Name}: {exception.Message}");
            return null;
        }
    }

    private static Rule Read(JsonElement json, V1NodeRule rule, V1Place group, V1Tree tree)
    {
        var action = json.TryGetProperty("action", out var own) ? own.GetString() : rule.Action;
        var then = StatusOf(action) ?? throw new FormatException($"\"{action}\" is no action of Torch v1");
        var conditions = json.TryGetProperty("conditions", out var outer) ? outer : json;
        var isAnd = conditions.GetProperty("operator").GetString()?.ToUpperInvariant() switch
        {
            "AND" => true,
            "OR" => false,
            var other => throw new FormatException($"\"{other}\" is neither AND nor OR"),
        };
        Condition[] terms =
        [
            .. conditions.GetProperty("conditions").EnumerateArray().Select(c => Term(c, group, tree)),
        ];
        return terms switch
        {
            [] => throw new FormatException("it has no conditions"),
            [var only] => new(only, then),
            _ => new(isAnd ? new And(new(terms)) : new Or(new(terms)), then),
        };
    }

    private static NamedChild Term(JsonElement json, V1Place group, V1Tree tree)
    {
        var nodeId = json.GetProperty("node_id") is { ValueKind: JsonValueKind.Number } number
            ? number.GetRawText()
            : json.GetProperty("node_id").GetString();
        var place = tree.OfNode(nodeId) ?? throw new FormatException($"there is no node {nodeId}");
        var status = json.GetProperty("status").GetString()?.ToLowerInvariant() ?? "";
        if (!Statuses.Contains(status))
            throw new FormatException($"\"{status}\" is no status of Torch v1");
        return new(PathOf(place, group), new(StatusComparison.In, new([status])));
    }

    // A rule names children, and those below them by their path.
    private static string PathOf(V1Place place, V1Place group)
    {
        var names = new List<string>();
        var at = place;
        for (; at is not null && at != group; at = at.Parent)
        {
            names.Insert(0, at.Name);
            if (at.Parent?.Children.Count(c => c.Name == at.Name) > 1)
                throw new FormatException($"{at.Parent.Name} has several children named {at.Name}");
        }
        if (at is null || names.Count == 0)
            throw new FormatException(
                $"{place.Name} does not stand below {group.Name}, and a rule speaks of what is below its node"
            );
        if (names.Count > 1 && names.Exists(n => n.Contains('/')))
            throw new FormatException(
                $"a name on the way to {place.Name} has a slash, which separates names in a path"
            );
        return string.Join('/', names);
    }

    private static string? StatusOf(string? action)
    {
        var text = action?.Trim().ToLowerInvariant() ?? "";
        return
            text.StartsWith(Action, StringComparison.Ordinal)
            && text[Action.Length..]
                is (StatusCatalog.Up or StatusCatalog.Down or StatusCatalog.Critical)
                    and var status
            ? status
            : null;
    }
}
