using System.Globalization;
using System.Text.Json.Nodes;
using Torch.Server.Configuring.Reading;

namespace Torch.Server.Importing;

/// <summary>
/// Finds the checks that an earlier import made, by where they stand, and keeps away from those of others: one that only has the same name
/// or source is not the import's to change.
/// </summary>
internal sealed class ImportOwnership
{
    private readonly CurrentConfig _current;
    private readonly JsonArray _checks;
    private readonly HashSet<string> _names;
    private readonly List<string> _left = [];

    private ImportOwnership(JsonArray checks, CurrentConfig current)
    {
        (_checks, _current) = (checks, current);
        _names = checks.OfType<JsonObject>().Select(NameOf).ToHashSet(StringComparer.Ordinal);
    }

    /// <returns>What stays as it is because somebody else made it.</returns>
    public static IReadOnlyList<string> Settle(JsonObject document, CurrentConfig current)
    {
        var checks = (JsonArray)document["checks"]!;
        var leaves = document.List("nodes").SelectMany(n => Leaves(n, null)).ToLookup(l => l.Node.Text("check"));
        var settling = new ImportOwnership(checks, current);
        foreach (var check in checks.OfType<JsonObject>().ToList())
            settling.Settle(check, [.. leaves[NameOf(check)]]);
        return settling._left;
    }

    private void Settle(JsonObject check, List<(JsonNode Node, string Path)> leaves)
    {
        var source = check.Text("source");
        if (OwnOf(leaves, source) is { } own)
        {
            check["name"] = own.Settings.Name;
            check["id"] = own.Id.ToString();
            Show(leaves, own.Id.ToString());
        }
        else if (source is not null)
            Leave(check, leaves, source);
        else if (_current.ChecksNamed(NameOf(check)).Any())
            Rename(check, leaves);
    }

    // What is found by its source may be shown here and be somebody else's: then others show it, too.
    private CurrentCheck? OwnOf(List<(JsonNode Node, string Path)> leaves, string? source)
    {
        var here = leaves.SelectMany(l => _current.At(l.Path)).ToList();
        var own = here.Select(n => n.CheckId is { } id ? _current.Check(id) : null)
            .FirstOrDefault(c => c is not null && c.Settings.Source == source);
        return source is null || own is null || _current.Nodes.All(n => n.CheckId != own.Id || here.Contains(n))
            ? own
            : null;
    }

    // One that only a report has brought about is nobody's yet.
    private void Leave(JsonObject check, List<(JsonNode Node, string Path)> leaves, string source)
    {
        var others = _current.Checks.FirstOrDefault(c => c.Settings.Source == source && (c.IsEdited || c.IsShown));
        if (others is null)
            return;
        _checks.Remove(check);
        Show(leaves, others.Id.ToString());
        _left.Add($"{NameOf(check)}: the check of the source {source} is there already, and stays as it is");
    }

    private void Rename(JsonObject check, List<(JsonNode Node, string Path)> leaves)
    {
        var above = NodePaths.Split(leaves[0].Path)[0];
        var wanted = $"{above}: {NameOf(check)}";
        wanted = wanted.Length > 190 ? wanted[..190] : wanted;
        var name = wanted;
        for (var i = 2; _names.Contains(name) || _current.ChecksNamed(name).Any(); i++)
            name = string.Create(CultureInfo.InvariantCulture, $"{wanted} ({i})");
        _names.Add(name);
        check["name"] = name;
        Show(leaves, name);
    }

    private static void Show(List<(JsonNode Node, string Path)> leaves, string check)
    {
        foreach (var (node, _) in leaves)
            node["check"] = check;
    }

    private static IEnumerable<(JsonNode Node, string Path)> Leaves(JsonNode node, string? above)
    {
        var path = NodePaths.Below(above, NameOf(node));
        return node.Text("check") is null ? node.List("children").SelectMany(c => Leaves(c, path)) : [(node, path)];
    }

    private static string NameOf(JsonNode node) => node.Text("name") ?? "";
}
