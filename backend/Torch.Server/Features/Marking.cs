using Torch.Contracts;
using Torch.Domain.Evaluation;
using Torch.Domain.Nodes;

namespace Torch.Server.Features;

/// <summary>What marks a node, in the API's words.</summary>
internal static class Marking
{
    public static bool? Flapping(Marks? marks) => marks?.Flapping is true ? true : null;

    public static AcknowledgementView? Acknowledged(Marks? marks) =>
        marks?.Acknowledged is { } a ? new(a.By, a.Reason, a.At, a.Until) : null;

    public static MaintenanceMark? Maintenance(Marks? marks) =>
        marks?.Maintenance is { } m ? new(m.WindowId, m.Name, m.Until) : null;

    public static ManualStatusView? Manual(Marks? marks) =>
        marks?.Manual is { } m ? new(m.Status, m.By, m.Reason, m.At, m.Until) : null;

    public static PendingView? Pending(NodeExplanation? why) =>
        why?.Pending is { } p ? new(p.Status, p.Attempts, p.Of, p.Due) : null;

    public static UnderneathView? Underneath(NodeExplanation why) =>
        why.Underneath is { } u ? new(u.Status, u.Decider, u.Sentence) : null;
}
