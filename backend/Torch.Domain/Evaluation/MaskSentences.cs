using System.Globalization;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>What is said of masks.</summary>
internal static class MaskSentences
{
    /// <summary>The second half of the sentence that says why a node shows a mask.</summary>
    public static string Why(NodeState node, DeciderKind decider) =>
        decider == DeciderKind.Manual && node.Layers?.Manual is { } manual
            ? $"{manual.By ?? "somebody"} set it by hand{Until(manual.Until)}{Detail(manual.Reason)}"
        : node is { Check: null, Layers.Masked: { Count: > 0 } masked }
            ? (node.Counted == 0 ? "nothing that counts is left of it" : "it has no other problem")
                + " than what is in maintenance"
                + NamesOf(masked)
        : node.Layers?.Window is { } window
            ? $"the window \"{window.Name}\" is open{Until(window.Due)}{Detail(window.Reason)}"
        : "a window is open";

    /// <summary>Of a group in maintenance: what it would be without.</summary>
    public static UnderneathStatus? OfGroup(NodeState node, StatusCatalog statuses)
    {
        if (
            node is not { Check: null, Verdict.Decider: DeciderKind.Maintenance, Layers: { Masked: { } masked } layers }
        )
            return null;
        var status = statuses.Ordered[layers.Beneath.Status].Name;
        var problems = masked
            .Select(e => $"{e.Child.Name} is {statuses.Ordered[e.Child.Layers!.Beneath.Status].Name}")
            .Take(3);
        return new(
            status,
            "roll-up",
            $"{node.Name} would be {status} without maintenance because {string.Join(" and ", problems)}."
        );
    }

    private static string Until(DateTimeOffset? until) =>
        until is { } end
            ? " until " + end.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
            : "";

    private static string Detail(string? reason) => string.IsNullOrWhiteSpace(reason) ? "" : ": " + reason.TrimEnd('.');

    private static string NamesOf(List<EdgeState> masked) =>
        Sentences.Names(Sentences.NamesOf(masked.ConvertAll(e => e.Child)), masked.Count);
}
