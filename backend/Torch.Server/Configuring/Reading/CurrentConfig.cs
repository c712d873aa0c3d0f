using Torch.Domain.Checks;
using Torch.Domain.Maintenance;
using Torch.Domain.Nodes;
using Torch.Domain.Notices;
using Torch.Domain.Rules;
using Torch.Domain.Slo;
using Torch.Domain.Statuses;

namespace Torch.Server.Configuring.Reading;

/// <param name="IsEdited">False for one that a report brought about and nobody has named.</param>
/// <param name="IsShown">Whether a node shows it.</param>
internal sealed record CurrentCheck(Guid Id, CheckSettings Settings, bool IsEdited, bool IsShown);

/// <summary>A node with its place.</summary>
internal sealed record CurrentNode(
    Guid Id,
    string Name,
    Guid? CheckId,
    IReadOnlyList<string> Tags,
    bool Paused,
    TimeSpan? Staleness,
    ServicePeriod? ServicePeriod,
    RuleSet Rules
)
{
    /// <summary>In the order in which they were linked, as the children.</summary>
    public List<Edge> Parents { get; } = [];

    public List<Edge> Children { get; } = [];

    public List<Guid> DependsOn { get; } = [];
}

/// <param name="IsOver">It will not open again.</param>
internal sealed record CurrentWindow(Guid Id, MaintenanceWindow Window, bool IsOver);

internal sealed record CurrentObjective(Guid Id, ObjectiveSettings Settings);

/// <param name="Secrets">Sealed, by their names.</param>
internal sealed record CurrentChannel(Guid Id, ChannelSettings Settings, IReadOnlyDictionary<string, string> Secrets);

internal sealed record CurrentNotice(Guid Id, NoticeRuleSettings Settings);

/// <summary>The configuration as it is in force, up to a position of the log.</summary>
internal sealed class CurrentConfig(
    StatusCatalog statuses,
    IReadOnlyList<CurrentCheck> checks,
    IReadOnlyList<CurrentNode> nodes,
    IReadOnlyList<CurrentWindow> windows,
    IReadOnlyList<CurrentObjective> objectives,
    IReadOnlyList<CurrentChannel> channels,
    IReadOnlyList<CurrentNotice> notices,
    long position
)
{
    private readonly Dictionary<Guid, CurrentNode> _nodes = nodes.ToDictionary(n => n.Id);
    private readonly Dictionary<Guid, CurrentCheck> _checks = checks.ToDictionary(c => c.Id);
    private readonly ILookup<string, CurrentCheck> _checksByName = checks.ToLookup(
        c => c.Settings.Name,
        StringComparer.Ordinal
    );

    // By their parent, null above a root, and their name: a wide group is not gone through for each of its children.
    private readonly ILookup<(Guid? ParentId, string Name), CurrentNode> _nodesByPlace = Places(nodes);

    public StatusCatalog Statuses => statuses;

    public IReadOnlyList<CurrentCheck> Checks => checks;

    public IReadOnlyList<CurrentNode> Nodes => nodes;

    public IReadOnlyList<CurrentWindow> Windows => windows;

    public IReadOnlyList<CurrentObjective> Objectives => objectives;

    /// <summary>By name.</summary>
    public IReadOnlyList<CurrentChannel> Channels => channels;

    /// <summary>By name.</summary>
    public IReadOnlyList<CurrentNotice> Notices => notices;

    public long Position => position;

    /// <summary>By name.</summary>
    public IReadOnlyList<CurrentNode> Roots { get; } =
    [.. nodes.Where(n => n.Parents.Count == 0).OrderBy(n => n.Name, StringComparer.Ordinal).ThenBy(n => n.Id)];

    public CurrentNode? Node(Guid id) => _nodes.GetValueOrDefault(id);

    public CurrentCheck? Check(Guid id) => _checks.GetValueOrDefault(id);

    public IEnumerable<CurrentCheck> ChecksNamed(string name) => _checksByName[name];

    /// <summary>Children, or with no parent roots, that are called so.</summary>
    public IEnumerable<CurrentNode> Named(Guid? parentId, string name) => _nodesByPlace[(parentId, name)];

    /// <summary>Nodes at a path from the roots.</summary>
    public IReadOnlyList<CurrentNode> At(string path)
    {
        IReadOnlyList<CurrentNode>? here = null;
        foreach (var name in NodePaths.Split(path))
            here = here is null ? [.. Named(null, name)] : [.. here.SelectMany(n => Named(n.Id, name)).Distinct()];
        return here ?? [];
    }

    /// <summary>The way to a node along first parents.</summary>
    public string PathOf(CurrentNode node)
    {
        var names = new List<string>();
        for (var at = node; ; at = _nodes[at.Parents[0].ParentId])
        {
            names.Add(at.Name);
            if (at.Parents.Count == 0 || names.Count > 1_000)
                break;
        }
        names.Reverse();
        return NodePaths.Join(names);
    }

    private static ILookup<(Guid?, string), CurrentNode> Places(IReadOnlyList<CurrentNode> nodes) =>
        nodes
            .SelectMany(n =>
                n.Parents.Count == 0 ? [((Guid?)null, Node: n)] : n.Parents.Select(e => ((Guid?)e.ParentId, Node: n))
            )
            .ToLookup(place => (place.Item1, place.Node.Name), place => place.Node);
}

/// <summary>Names joined by slashes; a slash of a name itself is written <c>\/</c>, a backslash <c>\\</c>.</summary>
internal static class NodePaths
{
    public static string Join(IEnumerable<string> names) => string.Join('/', names.Select(Escape));

    public static string Below(string? path, string name) => path is null ? Escape(name) : $"{path}/{Escape(name)}";

    public static IReadOnlyList<string> Split(string path)
    {
        var names = new List<string>();
        var name = new System.Text.StringBuilder();
        for (var i = 0; i < path.Length; i++)
            if (path[i] == '\\' && i + 1 < path.Length)
                name.Append(path[++i]);
            else if (path[i] != '/')
                name.Append(path[i]);
            else
            {
                names.Add(name.ToString());
                name.Clear();
            }
        names.Add(name.ToString());
        return names;
    }

    private static string Escape(string name) =>
        name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal);
}
