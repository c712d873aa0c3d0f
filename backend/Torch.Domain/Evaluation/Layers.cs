using Torch.Domain.Nodes;

namespace Torch.Domain.Evaluation;

/// <summary>What lies between the verdict of a node's rules and the status that it shows. Only nodes with a timing or a mask have it.</summary>
internal sealed class Layers(Verdict shown)
{
    /// <summary>What its rules say.</summary>
    public Verdict Raw { get; set; } = shown;

    /// <summary>What counts of that, beneath the masks.</summary>
    public Verdict Own { get; set; } = shown;

    /// <summary>What it would be without maintenance, of itself and of those below it.</summary>
    public Verdict Beneath { get; set; } = shown;

    /// <summary>What its soft state remembers; null without a timing.</summary>
    public Damper? Damper { get; set; }

    public ManualStatus? Manual { get; set; }

    public Acknowledgement? Acknowledged { get; set; }

    /// <summary>The rank of the status that was acknowledged.</summary>
    public int AcknowledgedStatus { get; set; }

    /// <summary>Windows that cover it, armed or open.</summary>
    public List<WindowState>? Windows { get; set; }

    /// <summary>Of a group: the edges to children in maintenance, which it does not count.</summary>
    public List<EdgeState>? Masked { get; set; }

    /// <summary>As the log was last told.</summary>
    public Marks Marks { get; set; } = Marks.None;

    /// <summary>Nothing is left that a node without layers would not know.</summary>
    public bool IsBare =>
        Damper is null
        && Manual is null
        && Acknowledged is null
        && Windows is not { Count: > 0 }
        && Masked is not { Count: > 0 }
        && Marks == Marks.None;

    /// <summary>The open window that lasts longest; null where none is open.</summary>
    public WindowState? Window =>
        Windows?.Where(w => w.IsOpen).OrderByDescending(w => w.Due).ThenBy(w => w.Id).FirstOrDefault();

    /// <summary>Of its masks: the next one that lapses.</summary>
    public long LapseTicks =>
        Math.Min(Manual?.Until?.UtcTicks ?? long.MaxValue, Acknowledged?.Until?.UtcTicks ?? long.MaxValue);
}
