using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>A node's soft state: keeps its status until another one has come often enough and for long enough.</summary>
internal sealed class Damper(Verdict hard)
{
    // More than anybody may ask for.
    private const int Enough = 101;

    /// <summary>What counts.</summary>
    public Verdict Hard { get; set; } = hard;

    /// <summary>1 while worse statuses come, -1 while better ones do, 0 where nothing is soft.</summary>
    public int Side { get; set; }

    /// <summary>How many results in a row.</summary>
    public int Results { get; set; }

    /// <summary>When the first of them came.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>When what counts last became worse.</summary>
    public DateTimeOffset? WorseAt { get; set; }

    /// <summary>Whether a new observation is about to be judged.</summary>
    public bool IsResult { get; set; }

    public FlapDetector? Flaps { get; set; }

    /// <summary>What counts now.</summary>
    /// <param name="raw">What the rules say.</param>
    public Verdict Damp(Timing timing, Verdict raw, DateTimeOffset now, StatusCatalog statuses)
    {
        var isResult = IsResult;
        IsResult = false;
        var side = raw.Status.CompareTo(Hard.Status);
        if (side == 0 || IsUndamped(raw, side, statuses))
            return Accept(raw, side);
        Note(side, raw.At, isResult);
        var (asked, due) = (Asked(timing), Due(timing));
        if (Results >= asked && due <= now)
            return Accept(raw with { At = due > raw.At ? due : raw.At }, side);
        var next = Results >= asked ? Math.Min(raw.DueTicks, due.UtcTicks) : raw.DueTicks;
        return new(Hard.Status, DeciderKind.Soft, -1, raw.At, next);
    }

    /// <summary>How many results in a row the timing asks for on this side.</summary>
    public int Asked(Timing timing) => Side > 0 ? timing.Attempts : timing.RecoveryAttempts;

    /// <summary>The earliest moment at which what is soft may count.</summary>
    public DateTimeOffset Due(Timing timing)
    {
        var due = Since + ((Side > 0 ? timing.For : timing.RecoveryFor) ?? TimeSpan.Zero);
        return IsHeldDown(timing, due) ? WorseAt!.Value + timing.HoldDown!.Value : due;
    }

    /// <summary>Whether it is the hold-down that keeps a better status from counting last.</summary>
    public bool IsHeldDown(Timing timing, DateTimeOffset? due = null) =>
        Side < 0 && WorseAt + timing.HoldDown is { } held && held > (due ?? Since + (timing.RecoveryFor ?? default));

    // Silence gives no results that could be counted: a status that comes by time alone is asked only how long it holds.
    private void Note(int side, DateTimeOffset at, bool isResult)
    {
        if (side != Side)
            (Side, Results, Since) = (side, isResult ? 0 : Enough, at);
        if (isResult)
            Results = Math.Min(Results + 1, Enough);
    }

    // Missing data has its own patience, staleness. What comes after it is news only where it is bad.
    private bool IsUndamped(Verdict raw, int side, StatusCatalog statuses) =>
        IsOfNoData(raw.Decider)
        || (side < 0 && IsOfNoData(Hard.Decider))
        || statuses.Ordered[raw.Status].Neutral
        || statuses.Ordered[Hard.Status].Neutral;

    private static bool IsOfNoData(DeciderKind decider) =>
        decider
            is DeciderKind.Nothing
                or DeciderKind.Expired
                or DeciderKind.Failed
                or DeciderKind.Unwatched
                or DeciderKind.Silent;

    private Verdict Accept(Verdict raw, int side)
    {
        (Hard, Side, Results) = (raw, 0, 0);
        if (side > 0)
            WorseAt = raw.At;
        return raw;
    }
}
