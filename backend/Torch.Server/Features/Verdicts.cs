namespace Torch.Server.Features;

/// <summary>The verdicts that a report may give.</summary>
internal static class Verdicts
{
    public const string Up = "up";

    /// <summary>The built-in statuses that describe a target; the others are Torch's own to give.</summary>
    public static readonly string[] Reportable = ["up", "degraded", "critical", "down"];
}
