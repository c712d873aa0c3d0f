using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.EventStore;

namespace Torch.Server.Tests.Folding;

/// <summary>Short words for what tests put into the log.</summary>
internal static class Hierarchies
{
    public static async Task<Guid> GroupAsync(this FoldingServer server, string name, Guid? parent = null)
    {
        var id = Guid.CreateVersion7();
        await server.NodeAsync(new NodeCreated(id, name, null, []), parent);
        return id;
    }

    /// <summary>A leaf that shows a report's source.</summary>
    public static async Task<Guid> LeafAsync(this FoldingServer server, string source, Guid? parent = null)
    {
        var id = Guid.CreateVersion7();
        await server.NodeAsync(new NodeCreated(id, source, CheckIds.OfSource(source), []), parent);
        return id;
    }

    public static Task<long> LinkAsync(this FoldingServer server, Guid parent, Guid child) =>
        server.AppendAsync(Log.Journal, WellKnown.Topology, new ChildLinked(parent, child));

    public static Task<long> ReportAsync(
        this FoldingServer server,
        string source,
        string? status = null,
        double? value = null,
        DateTimeOffset? at = null
    )
    {
        var check = CheckIds.OfSource(source);
        var report = new ReportReceived(check, source, at ?? DateTimeOffset.UtcNow, value, status);
        return server.AppendAsync(Log.Telemetry, check, report);
    }

    public static Task<long> PublishAsync(this FoldingServer server, Guid node, string when, string then)
    {
        var condition = RuleText.Parse(when).Condition.ShouldNotBeNull();
        var rules = new RuleSet([new Rule(condition, then)], RollUp.Worst, MatchPolicy.First);
        return server.AppendAsync(Log.Journal, node, new RulesPublished(node, 1, rules, "a test"));
    }

    private static async Task NodeAsync(this FoldingServer server, NodeCreated created, Guid? parent)
    {
        await server.AppendAsync(Log.Journal, created.NodeId, created);
        await server.AppendAsync(Log.Journal, WellKnown.Topology, new NodeAdded(created.NodeId));
        if (parent is { } above)
            await server.LinkAsync(above, created.NodeId);
    }
}
