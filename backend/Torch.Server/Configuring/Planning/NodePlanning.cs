using System.Text.Json.Nodes;
using FluentValidation;
using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;
using Torch.Server.Configuring.Reading;
using Torch.Server.Configuring.Text;
using Torch.Server.Features;
using Torch.Server.Features.Nodes.Rules;
using Torch.Server.Http;

namespace Torch.Server.Configuring.Planning;

/// <summary>Nodes, their rules and their places.</summary>
internal sealed class NodePlanning(
    PlanContext context,
    CheckPlanning checks,
    StatusCatalog statuses,
    IValidator<CreateNode> frame,
    IValidator<PublishRules> rulesFrame
)
{
    private const string Kind = "node";

    private readonly Dictionary<Guid, CurrentNode> _targets = [];
    private readonly List<WantedNode> _changed = [];
    private readonly List<CurrentNode> _gone = [];
    private NodeTree? _tree;

    public void Plan(IReadOnlyList<ConfigNode> roots)
    {
        _tree = new(context, roots);
        foreach (var node in _tree.Nodes)
            if (Target(node) is { } target)
                _targets[node.Id] = target;
        var parents = _tree.Edges.ToLookup(e => e.Edge.ChildId);
        foreach (var node in _tree.Nodes.Where(n => _targets.ContainsKey(n.Id)))
            Compare(node, [.. parents[node.Id]]);
        if (context.Prune)
            Prune();
    }

    /// <summary>Every node that will be, with its rules.</summary>
    public IEnumerable<CurrentNode> Staying =>
        _targets.Values.Concat(context.Current.Nodes.Where(n => !_targets.ContainsKey(n.Id) && !_gone.Contains(n)));

    /// <summary>A node as it will be; null where there is none.</summary>
    public CurrentNode? Node(Guid id) =>
        _targets.GetValueOrDefault(id) ?? (_gone.Exists(n => n.Id == id) ? null : context.Current.Node(id));

    /// <summary>The node that a path or an id means; a problem where it means none, or several.</summary>
    public Guid? Find(string text, string pointer) => (_tree ??= new(context, [])).Find(text, pointer);

    public string PathOf(Guid id) =>
        _tree?[id]?.Path ?? (context.Current.Node(id) is { } node ? context.Current.PathOf(node) : id.ToString());

    /// <summary>What happens to the structure, on a copy of it that takes every step.</summary>
    public IReadOnlyList<IEvent> Restructure(Topology topology)
    {
        if (_tree is null)
            return [];
        topology.Statuses = statuses;
        var steps = new StructureSteps(context, topology, NameOf);
        var wanted = _tree.Edges.Select(e => (e.Edge.ParentId, e.Edge.ChildId)).ToHashSet();
        foreach (var node in _tree.Nodes.Where(n => n.Known is not null && (context.Prune || n.File.Id is not null)))
        foreach (var edge in node.Known!.Parents.Where(e => !wanted.Contains((e.ParentId, e.ChildId))))
            steps.Take(node.Pointer, topology.Unlink(edge.ParentId, edge.ChildId, NameOf));
        foreach (var gone in _gone.Where(g => topology.Contains(g.Id)))
            steps.Take("/nodes", topology.Delete(gone.Id));
        foreach (var node in _tree.Nodes.Where(n => n.Known is null && _targets.ContainsKey(n.Id)))
            steps.Take(node.Pointer, topology.Create(node.Id, _targets[node.Id].CheckId is not null, null, 1, NameOf));
        foreach (var (edge, pointer) in _tree.Edges)
            steps.Take(
                pointer,
                topology.Link(edge.ParentId, edge.ChildId, edge.Weight, edge.Required, edge.Contribution, NameOf)
            );
        Depend(steps, topology);
        CheckNamedChildren(topology);
        return steps.Events;
    }

    public async Task AppendAsync(JournalStreams streams, CancellationToken ct)
    {
        foreach (var node in _changed)
        {
            var (known, version) = await streams.NodeAsync(node.Id, ct);
            if (node.Known is null && version > 0 && known.Id != node.Id)
                context.Problems.Add(node.Pointer + "/id", "this id belongs to something else");
            var events = NodeDecisions.Events(known, _targets[node.Id], node.Known, context, node.Pointer, statuses);
            if (events.Count > 0)
                context.Appends.Add(JournalStreams.OfNode(node.Id, events, version, context.Who));
        }
        foreach (var gone in _gone)
        {
            var (known, version) = await streams.NodeAsync(gone.Id, ct);
            if (context.Take("/nodes", known.Delete()) is { Count: > 0 } events)
                context.Appends.Add(JournalStreams.OfNode(gone.Id, events, version, context.Who));
        }
    }

    // What the file says of a node, in the terms of what is in force.
    private CurrentNode? Target(WantedNode node)
    {
        var file = node.File;
        var check = file.Check is null ? null : checks.Find(file.Check, node.Pointer + "/check");
        var verdict = frame.Validate(new(file.Name!, null, check, null, file.Tags));
        foreach (var (at, messages) in Validation.Errors(verdict))
        foreach (var message in messages)
            context.Problems.Add(node.Pointer + at, message);
        var rules = Rules(node, isLeaf: file.Check is not null);
        if (rules is null || !verdict.IsValid || (file.Check is not null && check is null))
            return null;
        if (node.Known is { } known && known.CheckId is null != check is null)
        {
            context.Problems.Add(
                node.Pointer,
                known.CheckId is null
                    ? $"{node.Path} is a group, and a group does not become a leaf: give the leaf another name"
                    : $"{node.Path} is a leaf, and a leaf does not become a group: give the group another name"
            );
            return null;
        }
        var target = new CurrentNode(
            node.Id,
            file.Name!,
            check,
            file.Tags ?? [],
            file.Paused ?? false,
            file.Staleness,
            file.ServicePeriod is { } period ? new(period.Schedule, period.TimeZone) : null,
            rules
        );
        for (var i = 0; i < file.DependsOn?.Count; i++)
            if (_tree!.Find(file.DependsOn[i], ConfigPlaces.Step(node.Pointer + "/dependsOn", i)) is { } on)
                target.DependsOn.Add(on);
        return target;
    }

    private RuleSet? Rules(WantedNode node, bool isLeaf)
    {
        var file = node.File;
        var draft = new PublishRules(
            file.Rules ?? [],
            file.RollUp,
            file.Match,
            context.Reason,
            file.Timing,
            file.TimeZone
        );
        var verdict = rulesFrame.Validate(draft);
        foreach (var (at, messages) in Validation.Errors(verdict))
        foreach (var message in messages)
            context.Problems.Add(node.Pointer + at, message);
        if (!verdict.IsValid)
            return null;
        var read = RuleMapping.Read(draft, isLeaf, statuses);
        if (read.Rules is null)
            context.Problems.Add(node.Pointer, RuleErrors.Fault(read.Problems));
        return read.Rules;
    }

    private void Compare(WantedNode node, List<WantedEdge> parents)
    {
        var target = _targets[node.Id];
        var after = Form(target, parents.Select(p => p.Edge), node);
        var before = node.Known is { } known ? Form(known, known.Parents, null) : null;
        if (before is not null)
            KeepUnspoken(node, before, after);
        if (context.Compare(Kind, node.Path, node.Id, before, after))
            _changed.Add(node);
    }

    // Without pruning, edges that the file does not speak of stay.
    private void KeepUnspoken(WantedNode node, JsonObject before, JsonObject after)
    {
        if (context.Prune || node.File.Id is not null || before["under"] is not JsonObject old)
            return;
        if (after["under"] is not JsonObject now)
            after["under"] = now = [];
        foreach (var (path, edge) in old)
            if (!now.ContainsKey(path))
                now[path] = edge?.DeepClone();
    }

    private JsonObject Form(CurrentNode node, IEnumerable<Edge> parents, WantedNode? wanted)
    {
        var form = NodeForm.Compared(NodeForm.Of(node, CheckName(node.CheckId, wanted is not null)));
        var under = new JsonObject();
        foreach (var edge in parents.DistinctBy(e => e.ParentId))
            under[PathOf(edge.ParentId)] = NodeForm.Compared(
                new ConfigNode().On(edge.Weight, edge.Required, edge.Contribution)
            );
        if (under.Count > 0)
            form["under"] = under;
        if (node.DependsOn.Count > 0)
            form["dependsOn"] = new JsonArray([
                .. node
                    .DependsOn.Select(PathOf)
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .Select(p => JsonValue.Create(p)),
            ]);
        return form;
    }

    private string? CheckName(Guid? id, bool isWanted) =>
        id is not { } check ? null
        : (isWanted ? checks.Settings(check) : context.Current.Check(check)?.Settings) is not { } settings
            ? check.ToString()
        : settings.Source is { } source && source != settings.Name ? $"{settings.Name} ({source})"
        : context.Current.ChecksNamed(settings.Name).Count() > 1 ? $"{settings.Name} ({check})"
        : settings.Name;

    private void Prune()
    {
        foreach (var node in context.Current.Nodes.Where(n => _tree![n.Id] is null))
        {
            _gone.Add(node);
            context.Delete(Kind, context.Current.PathOf(node), node.Id, Form(node, node.Parents, null));
        }
    }

    private void Depend(StructureSteps steps, Topology topology)
    {
        foreach (var (id, target) in _targets)
        foreach (var on in topology.DependenciesOf(id).Except(target.DependsOn).ToList())
            steps.Take(_tree![id]!.Pointer, topology.Undepend(id, on));
        foreach (var (id, target) in _targets)
        foreach (var on in target.DependsOn)
            steps.Take(_tree![id]!.Pointer + "/dependsOn", topology.Depend(id, on, NameOf));
    }

    // A clause over a child that is not there would never fire, and nobody would notice.
    private void CheckNamedChildren(Topology topology)
    {
        foreach (var (id, target) in _targets)
            for (var i = 0; i < target.Rules.Rules.Count; i++)
                foreach (var clause in RuleClauses.NamedChildren(target.Rules.Rules[i]))
                    if (!IsBelow(topology, id, clause.Name))
                        context.Problems.Add(
                            ConfigPlaces.Step(_tree![id]!.Pointer + "/rules", i) + "/when",
                            $"no child is called \"{clause.Name}\""
                        );
    }

    private bool IsBelow(Topology topology, Guid group, string name)
    {
        if (topology.Children(group).Any(e => NameOf(e.ChildId) == name))
            return true;
        IEnumerable<Guid> here = [group];
        foreach (var step in name.Split('/'))
            here =
            [
                .. here.SelectMany(topology.Children).Select(e => e.ChildId).Where(c => NameOf(c) == step).Distinct(),
            ];
        return here.Any();
    }

    private string NameOf(Guid id) =>
        _targets.GetValueOrDefault(id)?.Name ?? context.Current.Node(id)?.Name ?? "A node";
}
