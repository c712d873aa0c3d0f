using Torch.Domain.Nodes;

namespace Torch.Domain.Evaluation;

/// <summary>What lies between the verdict of a node's rules and the status that it shows. Only nodes with a timing or a mask have it.</summary>
internal sealed class Layers(Verdict shown)
{
    /// <summary>What its rules say.</summary>
    public Verdict Raw { get; set; } = shown;

    /// <summary>What counts of that, beneath the masks.</summary>
    public Verdict Own { get; set; } = shown;

    /// <summary>What its soft state remembers; null without a timing.</summary>
    public Damper? Damper { get; set; }

    /// <summary>As the log was last told.</summary>
    public Marks Marks { get; set; } = Marks.None;

    /// <summary>Nothing is left that a node without layers would not know.</summary>
    public bool IsBare => Damper is null && Marks == Marks.None;
}
