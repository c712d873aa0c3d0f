using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;

namespace Torch.Domain.Importing;

/// <summary>A node to be created, with what belongs to it.</summary>
/// <param name="Events">Of its own stream.</param>
/// <param name="Structure">Of the topology stream.</param>
/// <param name="Said">What is created, for people.</param>
public sealed record V1NewNode(Guid Id, IReadOnlyList<IEvent> Events, IReadOnlyList<IEvent> Structure, string Said);

/// <summary>A report with its last value.</summary>
public sealed record V1NewReport(CheckCreated Check, ReportReceived? Last);

/// <summary>
/// What a dump of Torch v1 comes to. Ids follow from v1's, so that an import that is repeated finds what is there. What could not be
/// carried is said.
/// </summary>
/// <param name="Nodes">Parents before their children.</param>
/// <param name="Left">What could not be carried, or is otherwise than it was.</param>
public sealed record V1Import(
    IReadOnlyList<V1NewNode> Nodes,
    IReadOnlyList<V1NewReport> Reports,
    IReadOnlyList<string> Left
)
{
    private const string Reason = "imported from Torch v1";
    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(5);

    /// <param name="now">The time of reports that have none.</param>
    public static V1Import Of(V1Dump dump, DateTimeOffset now)
    {
        var left = new List<string>();
        var tree = new V1Tree(dump, left);
        var ofReports = dump.Rules.ToLookup(r => r.ReportId);
        var ofNodes = dump.NodeRules.ToLookup(r => tree.OfNode(r.NodeId));
        left.AddRange(ofNodes[null].Select(r => $"node rule {r.Id}: there is no node {r.NodeId}"));
        var reports = V1Tree.Newest(dump.Reports);
        var nodes = tree.TopDown().Select(p => NodeOf(p, RulesOf(p, tree, ofReports, ofNodes, left))).ToList();
        var known = tree.TopDown().Select(p => p.ReportId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var unused in ofReports.Where(g => g.Key is null || !known.Contains(g.Key)).SelectMany(g => g))
            left.Add($"rule {unused.Id}: no node shows report {unused.ReportId}");
        var shown = known
            .Where(id => !reports.ContainsKey(id))
            .Select(id => new V1Report(id, null, null, null, null, null));
        return new(nodes, [.. reports.Values.Concat(shown).Select(r => ReportOf(Sound(r, now, left), now))], left);
    }

    // What is dated ahead would stand before everything that its script reports from now on.
    private static V1Report Sound(V1Report report, DateTimeOffset now, List<string> left)
    {
        if (report.Time > now + MostAhead)
        {
            left.Add(
                $"report {report.ReportId}: its last value, which is of {report.Time:yyyy-MM-dd HH:mm}, in the future"
            );
            return report with { Value = null };
        }
        if (report is { Value: null, Time: not null })
            left.Add($"report {report.ReportId}: its last value, which is no number");
        return report;
    }

    private static List<Rule> RulesOf(
        V1Place place,
        V1Tree tree,
        ILookup<string?, V1Rule> ofReports,
        ILookup<V1Place?, V1NodeRule> ofNodes,
        List<string> left
    )
    {
        if (place.ReportId is null)
            return [.. ofNodes[place].Select(r => V1Rules.OfNode(r, place, tree, left)).OfType<Rule>()];
        left.AddRange(
            ofNodes[place].Select(r => $"node rule {r.Id}: {place.Name} has no children that it could speak of")
        );
        return [.. ofReports[place.ReportId].Select(r => V1Rules.OfReport(r, left)).OfType<Rule>()];
    }

    private static V1NewNode NodeOf(V1Place place, List<Rule> rules)
    {
        var check = place.ReportId is { } reportId ? CheckIds.OfSource(reportId) : (Guid?)null;
        var events = new List<IEvent> { new NodeCreated(place.Id, place.Name, check, []) };
        if (rules.Count > 0)
            events.Add(new RulesPublished(place.Id, 1, new([.. rules], RollUp.Worst, MatchPolicy.Worst), Reason));
        if (place.Excluded)
            events.Add(new NodePaused(place.Id, "excluded in Torch v1"));
        List<IEvent> structure = [new NodeAdded(place.Id, check is not null)];
        if (place.Parent is { } parent)
            structure.Add(new ChildLinked(parent.Id, place.Id));
        var said = rules.Count == 0 ? "" : $", {string.Join("; ", rules.Select(RuleText.Sentence))}";
        return new(place.Id, events, structure, $"{(check is null ? "group" : "leaf")} {place.Name}{said}");
    }

    private static V1NewReport ReportOf(V1Report report, DateTimeOffset now)
    {
        var id = CheckIds.OfSource(report.ReportId);
        var name = report.Title ?? report.ReportId;
        return new(
            new(id, new(name, CheckKind.Report, Source: report.ReportId)),
            report.Value is { } value
                ? new(
                    id,
                    report.ReportId,
                    report.Time ?? now,
                    value,
                    null,
                    report.Description,
                    report.Title,
                    Parent: report.Parent
                )
                : null
        );
    }
}
