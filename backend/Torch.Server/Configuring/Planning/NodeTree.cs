using Torch.Domain.Nodes;
using Torch.Server.Configuring.Reading;
using Torch.Server.Configuring.Text;

namespace Torch.Server.Configuring.Planning;

/// <summary>A node as the file wants it.</summary>
/// <param name="Known">What is in force; null for a new one.</param>
internal sealed record WantedNode(Guid Id, ConfigNode File, CurrentNode? Known, string Path, string Pointer);

/// <param name="Pointer">Where the file says so.</param>
internal sealed record WantedEdge(Edge Edge, string Pointer);

/// <summary>
/// The file's nodes, each found again in what is there: by its id, else by its name below its parent. What the file writes out once
/// may stand elsewhere, too, by links.
/// </summary>
internal sealed class NodeTree
{
    private readonly PlanContext _context;
    private readonly HashSet<Guid> _named;
    private readonly Dictionary<Guid, WantedNode> _byId = [];
    private readonly Dictionary<string, List<WantedNode>> _byPath = new(StringComparer.Ordinal);
    private readonly List<(WantedNode Parent, ConfigNode File, string Pointer)> _links = [];

    public NodeTree(PlanContext context, IReadOnlyList<ConfigNode> roots)
    {
        _context = context;
        _named = [.. roots.SelectMany(Ids)];
        for (var i = 0; i < roots.Count; i++)
            Grow(roots[i], ConfigPlaces.Step("/nodes", i), null);
        foreach (var (parent, file, pointer) in _links)
            if (Find(file.Link!, pointer) is { } child)
                Edges.Add(new(EdgeOf(parent.Id, child, file), pointer));
    }

    /// <summary>In the file's order, parents before their children.</summary>
    public List<WantedNode> Nodes { get; } = [];

    public List<WantedEdge> Edges { get; } = [];

    public WantedNode? this[Guid id] => _byId.GetValueOrDefault(id);

    /// <summary>The node that a path or an id means, of the file first, then of what is there.</summary>
    public Guid? Find(string text, string pointer)
    {
        IReadOnlyList<Guid> found = _byPath.TryGetValue(text, out var wanted)
            ? [.. wanted.Select(w => w.Id)]
            : [.. _context.Current.At(text).Select(n => n.Id)];
        if (
            found.Count == 0
            && Guid.TryParse(text, out var id)
            && (_byId.ContainsKey(id) || _context.Current.Node(id) is not null)
        )
            return id;
        if (found.Count == 1)
            return found[0];
        _context.Problems.Add(
            pointer,
            found.Count == 0
                ? $"there is no node \"{text}\"; expected a path such as Shop/Checkout"
                : $"{found.Count} nodes are called \"{text}\": name the id of the one that is meant"
        );
        return null;
    }

    private static IEnumerable<Guid> Ids(ConfigNode node) =>
        (node.Id is { } id ? [id] : Array.Empty<Guid>()).Concat((node.Children ?? []).SelectMany(Ids));

    private void Grow(ConfigNode file, string pointer, WantedNode? parent)
    {
        if (file.Link is not null)
            Link(file, pointer, parent);
        else if (string.IsNullOrEmpty(file.Name))
            _context.Problems.Add(pointer, "a node has a name, or is a link to one that has");
        else
            Grow(file, file.Name, pointer, parent);
    }

    private void Grow(ConfigNode file, string name, string pointer, WantedNode? parent)
    {
        var known = Known(file, name, pointer, parent);
        var path = NodePaths.Below(parent?.Path, name);
        var node = new WantedNode(known?.Id ?? file.Id ?? Guid.CreateVersion7(), file, known, path, pointer);
        if (!_byId.TryAdd(node.Id, node))
            _context.Problems.Add(
                pointer,
                $"the node {path} is written out twice: let one of them be a link to the other"
            );
        if (!_byPath.TryGetValue(path, out var same))
            _byPath.Add(path, same = []);
        else if (file.Id is null || same.Exists(s => s.File.Id is null))
            _context.Problems.Add(pointer, $"two nodes are called {path}: give each its id, or another name");
        same.Add(node);
        Nodes.Add(node);
        if (parent is not null)
            Edges.Add(new(EdgeOf(parent.Id, node.Id, file), pointer));
        else if (file is not { Weight: null, Required: null, Contribution: null })
            _context.Problems.Add(
                pointer,
                "weight, required and contribution belong to the edge to a parent, and there is none"
            );
        for (var i = 0; i < file.Children?.Count; i++)
            Grow(file.Children[i], ConfigPlaces.Step(pointer + "/children", i), node);
    }

    private void Link(ConfigNode file, string pointer, WantedNode? parent)
    {
        if (
            file
            != new ConfigNode(
                Link: file.Link,
                Weight: file.Weight,
                Required: file.Required,
                Contribution: file.Contribution
            )
        )
            _context.Problems.Add(
                pointer,
                "a link has only weight, required and contribution beside it; the rest stands where the node is written out"
            );
        else if (parent is null)
            _context.Problems.Add(pointer, "a link stands below a node");
        else
            _links.Add((parent, file, pointer));
    }

    // A node whose id stands in the file is found by it alone, wherever it stands now.
    private CurrentNode? Known(ConfigNode file, string name, string pointer, WantedNode? parent)
    {
        if (file.Id is { } id)
            return _context.Current.Node(id);
        if (parent is { Known: null })
            return null;
        var found = _context.Current.Named(parent?.Known?.Id, name).Where(n => !_named.Contains(n.Id)).ToList();
        if (found.Count > 1)
            _context.Problems.Add(
                pointer,
                $"{found.Count} nodes are called {name} here: give the id of the one that is meant"
            );
        return found.FirstOrDefault();
    }

    private static Edge EdgeOf(Guid parent, Guid child, ConfigNode file) =>
        new(parent, child, file.Weight ?? 1, file.Required ?? false, file.Contribution ?? "as-is");
}
