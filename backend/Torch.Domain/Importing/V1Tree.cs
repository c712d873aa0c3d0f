namespace Torch.Domain.Importing;

/// <summary>A place in the tree as Torch will have it: a group, or a leaf that shows a report.</summary>
internal sealed class V1Place(Guid id, string name, string? reportId)
{
    public Guid Id => id;

    /// <summary>As Torch takes it: at most 200 characters, none of them a control character.</summary>
    public string Name { get; } = Clean(name);
    public string? ReportId => reportId;
    public bool Excluded { get; init; }
    public V1Place? Parent { get; set; }
    public List<V1Place> Children { get; } = [];

    private static string Clean(string name)
    {
        var clean = string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c));
        return clean.Length > 200 ? clean[..200] : clean;
    }
}

/// <summary>Torch v1's nodes and the reports below them, as one tree.</summary>
internal sealed class V1Tree
{
    private readonly Dictionary<string, V1Place> _byNodeId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, V1Place> _byTitle = new(StringComparer.Ordinal);

    public V1Tree(V1Dump dump, List<string> left)
    {
        var newest = Newest(dump.Reports);
        var parents = dump.Nodes.Select(n => n.Parent).Concat(newest.Values.Select(r => r.Parent)).ToHashSet();
        foreach (var node in dump.Nodes)
            AddNode(node, newest, parents.Contains(node.Id) || parents.Contains(node.Title));
        foreach (var node in dump.Nodes)
            Hang(_byNodeId[node.Id], node.Parent, left);
        var shown = dump.Nodes.Select(n => n.ReportId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var report in newest.Values.Where(r => r.Parent is not null && !shown.Contains(r.ReportId)))
            AddLeaf(report.ReportId, report, Find(report.Parent!), left);
    }

    /// <summary>Parents before their children.</summary>
    public IEnumerable<V1Place> TopDown()
    {
        var queue = new Queue<V1Place>(_byNodeId.Values.Where(p => p.Parent is null));
        while (queue.TryDequeue(out var place))
        {
            yield return place;
            foreach (var child in place.Children)
                queue.Enqueue(child);
        }
    }

    public V1Place? OfNode(string? nodeId) => nodeId is null ? null : _byNodeId.GetValueOrDefault(nodeId);

    /// <summary>The last row of each report.</summary>
    public static Dictionary<string, V1Report> Newest(IEnumerable<V1Report> reports)
    {
        var newest = new Dictionary<string, V1Report>(StringComparer.Ordinal);
        foreach (var report in reports)
            if (!newest.TryGetValue(report.ReportId, out var other) || !(report.Time < other.Time))
                newest[report.ReportId] = report;
        return newest;
    }

    private static Guid IdOf(string what, string id) => NameId.Of(WellKnown.Namespace, $"torch-v1/{what}/{id}");

    // A leaf has no children in Torch: a node that has both becomes a group with its report as a leaf below it.
    private void AddNode(V1Node node, Dictionary<string, V1Report> newest, bool isParent)
    {
        var reportId = isParent ? null : node.ReportId;
        var place = new V1Place(IdOf("node", node.Id), node.Title, reportId) { Excluded = node.Excluded };
        _byNodeId[node.Id] = place;
        _byTitle.TryAdd(node.Title, place);
        if (isParent && node.ReportId is { } own)
            AddLeaf(own, newest.GetValueOrDefault(own), place, []);
    }

    private void AddLeaf(string reportId, V1Report? report, V1Place? parent, List<string> left)
    {
        if (parent is null)
            left.Add($"report {reportId} stays unplaced: there is no node {report?.Parent}");
        else
        {
            var leaf = new V1Place(IdOf("leaf", reportId), report?.Title ?? reportId, reportId) { Parent = parent };
            parent.Children.Add(leaf);
        }
    }

    private void Hang(V1Place place, string? parent, List<string> left)
    {
        if (parent is null || parent == "0")
            return;
        var above = Find(parent);
        for (var at = above; at is not null; at = at.Parent)
            if (at == place)
            {
                left.Add($"node {place.Name} becomes a root: in the dump it stands below itself");
                return;
            }
        if (above is null)
        {
            left.Add($"node {place.Name} becomes a root: there is no node {parent}");
            return;
        }
        place.Parent = above;
        above.Children.Add(place);
    }

    private V1Place? Find(string node) => _byNodeId.GetValueOrDefault(node) ?? _byTitle.GetValueOrDefault(node);
}
