using System.Globalization;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>What is said of a soft status.</summary>
internal static class SoftSentences
{
    /// <summary>Null where nothing is soft.</summary>
    public static PendingStatus? Pending(NodeState node, StatusCatalog statuses)
    {
        if (node is not { Layers.Damper: { Side: not 0 } damper, Rules.Set.Timing: { } timing })
            return null;
        var asked = damper.Asked(timing);
        var status = statuses.Ordered[node.Raw.Status].Name;
        DateTimeOffset? due = damper.Results >= asked ? damper.Due(timing) : null;
        return asked > 1 ? new(status, Math.Min(damper.Results, asked), asked, due) : new(status, null, null, due);
    }

    /// <summary><c>down does not count yet: down for 2 of 3 attempts</c>.</summary>
    public static string Why(NodeState node, StatusCatalog statuses, DateTimeOffset now)
    {
        var pending = Pending(node, statuses)!;
        var says = new List<string>(2);
        if (pending.Attempts < pending.Of)
            says.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{pending.Status} for {pending.Attempts} of {pending.Of} attempts"
                )
            );
        if (node.Layers!.Damper!.Due(node.Rules.Set.Timing!) is var due && due > now)
            says.Add($"would be {pending.Status} in {Sentences.Duration(due - now)}");
        var held = node.Layers.Damper.IsHeldDown(node.Rules.Set.Timing!) ? "it is held down" : null;
        return (held ?? $"{pending.Status} does not count yet") + ": " + string.Join(", ", says);
    }
}
