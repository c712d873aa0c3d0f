using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Nodes;

/// <summary>A node's settings, folded from its stream, and the decisions on them.</summary>
/// <param name="CheckId">Of a leaf; null for a group.</param>
/// <param name="RulesVersion">Counts publications.</param>
public sealed partial record Node(
    Guid Id,
    string Name,
    Guid? CheckId,
    ValueList<string> Tags,
    TimeSpan? Staleness,
    bool Paused,
    RuleSet Rules,
    long RulesVersion,
    bool Exists
)
{
    private static readonly Refusal Gone = new("unknown_node", "There is no such node.");

    /// <summary>Before its first event.</summary>
    public static Node Initial { get; } = new(Guid.Empty, "", null, [], null, false, RuleSet.Empty, 0, false);

    public bool IsLeaf => CheckId is not null;

    public static Node Fold(IEnumerable<IEvent> events) => events.Aggregate(Initial, Evolve);

    public static Node Evolve(Node node, IEvent @event) =>
        @event switch
        {
            NodeCreated e => Initial with
            {
                Id = e.NodeId,
                Name = e.Name,
                CheckId = e.CheckId,
                Tags = new(e.Tags),
                Exists = true,
            },
            NodeRenamed e => node with { Name = e.Name },
            NodeTagged e => node with { Tags = new(e.Tags) },
            NodeCheckChanged e => node with { CheckId = e.CheckId },
            NodeStalenessChanged e => node with { Staleness = e.Staleness },
            NodePaused => node with { Paused = true },
            NodeResumed => node with { Paused = false },
            RulesPublished e => node with { Rules = e.Rules, RulesVersion = e.Version },
            NodeDeleted => node with { Exists = false },
            _ => EvolveMasks(node, @event),
        };

    public static Decision Create(Node node, Guid id, string name, Guid? checkId, IReadOnlyList<string> tags) =>
        node.Exists ? Decision.Refuse("node_exists", $"{node.Name} exists already.")
        : Names.Problem(name) is { } problem ? Decision.Refuse("bad_name", problem)
        : Decision.Accept(new NodeCreated(id, name, checkId, tags));

    public Decision Rename(string name) =>
        this switch
        {
            { Exists: false } => Refuse(Gone),
            _ when Names.Problem(name) is { } problem => Decision.Refuse("bad_name", problem),
            _ when name == Name => Decision.Nothing,
            _ => Decision.Accept(new NodeRenamed(Id, name)),
        };

    public Decision Tag(IReadOnlyList<string> tags) =>
        this switch
        {
            { Exists: false } => Refuse(Gone),
            _ when tags.SequenceEqual(Tags) => Decision.Nothing,
            _ => Decision.Accept(new NodeTagged(Id, tags)),
        };

    public Decision ShowCheck(Guid checkId) =>
        this switch
        {
            { Exists: false } => Refuse(Gone),
            { CheckId: null } => Decision.Refuse("group_with_check", $"{Name} is a group: only a leaf shows a check."),
            _ when checkId == CheckId => Decision.Nothing,
            _ => Decision.Accept(new NodeCheckChanged(Id, checkId)),
        };

    /// <param name="staleness">1 second to 365 days, or null for the check's own.</param>
    public Decision ExpireAfter(TimeSpan? staleness) =>
        this switch
        {
            { Exists: false } => Refuse(Gone),
            _ when staleness is { TotalSeconds: < 1 } or { TotalDays: > 365 } => Decision.Refuse(
                "staleness_out_of_range",
                "Staleness is from 1 second to 365 days."
            ),
            _ when staleness == Staleness => Decision.Nothing,
            _ => Decision.Accept(new NodeStalenessChanged(Id, staleness)),
        };

    public Decision Pause(string? reason) =>
        !Exists ? Refuse(Gone)
        : Paused ? Decision.Nothing
        : Decision.Accept(new NodePaused(Id, reason));

    public Decision Resume(string? reason) =>
        !Exists ? Refuse(Gone)
        : Paused ? Decision.Accept(new NodeResumed(Id, reason))
        : Decision.Nothing;

    /// <summary>Puts rules into force. Publishing the rules that are in force changes nothing.</summary>
    public Decision Publish(RuleSet rules, string? reason, StatusCatalog? statuses = null)
    {
        if (!Exists)
            return Refuse(Gone);
        if (RuleValidation.Check(rules, IsLeaf, statuses) is [var first, ..])
            return Decision.Refuse(first.Code, Sentence(first));
        return
            RulesVersion > 0
            && rules.Match == Rules.Match
            && rules.RollUp == Rules.RollUp
            && rules.Timing == Rules.Timing
            && rules.TimeZone == Rules.TimeZone
            && rules.Rules.SequenceEqual(Rules.Rules)
            ? Decision.Nothing
            : Decision.Accept(new RulesPublished(Id, RulesVersion + 1, rules, reason));
    }

    public Decision Delete() => Exists ? Decision.Accept(new NodeDeleted(Id)) : Refuse(Gone);

    private static string Sentence(RuleProblem problem)
    {
        var where = problem.RuleIndex < 0 ? "" : $"Rule {problem.RuleIndex + 1}, column {problem.Column}: ";
        return where + problem.Message + (problem.Expected is null ? "." : $"; expected {problem.Expected}.");
    }

    private static Decision Refuse(Refusal refusal) => Decision.Refuse(refusal.Code, refusal.Detail);
}
