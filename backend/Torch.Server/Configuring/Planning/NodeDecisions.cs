using System.Text.Json.Nodes;
using Torch.Domain;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;
using Torch.Server.Configuring.Reading;

namespace Torch.Server.Configuring.Planning;

/// <summary>What must happen to a node for it to be as wanted; each decision sees what those before it did.</summary>
internal static class NodeDecisions
{
    /// <param name="node">From its stream.</param>
    /// <param name="known">As it is in force; null for a new one.</param>
    public static IReadOnlyList<IEvent> Events(
        Node node,
        CurrentNode wanted,
        CurrentNode? known,
        PlanContext context,
        string pointer,
        StatusCatalog statuses
    )
    {
        var events = new List<IEvent>();
        if (!node.Exists)
            Take("", Node.Create(node, wanted.Id, wanted.Name, wanted.CheckId, wanted.Tags));
        Take("/name", node.Rename(wanted.Name));
        Take("/tags", node.Tag(wanted.Tags));
        if (wanted.CheckId is { } check)
            Take("/check", node.ShowCheck(check));
        Take("/staleness", node.ExpireAfter(wanted.Staleness));
        Take("/servicePeriod", node.ServeIn(wanted.ServicePeriod));
        if (!JsonNode.DeepEquals(Form(known?.Rules ?? RuleSet.Empty), Form(wanted.Rules)))
            Take("/rules", node.Publish(wanted.Rules, context.Reason, statuses));
        Take("/paused", wanted.Paused ? node.Pause(context.Reason) : node.Resume(context.Reason));
        return events;

        void Take(string member, Decision decision)
        {
            var decided = context.Take(pointer + member, decision);
            events.AddRange(decided);
            node = decided.Aggregate(node, Node.Evolve);
        }
    }

    private static JsonObject Form(RuleSet rules) =>
        NodeForm.Compared(NodeForm.Of(new(Guid.Empty, "", null, [], false, null, null, rules), null));
}
