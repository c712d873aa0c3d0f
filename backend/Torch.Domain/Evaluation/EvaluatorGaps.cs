using Torch.Domain.Checks;

namespace Torch.Domain.Evaluation;

/// <summary>
/// Times in which nobody looked after a check, and results that were lost. Nothing is known of it from then until the next observation,
/// and its silence means nothing for as long as nobody listens.
/// </summary>
public sealed partial class Evaluator
{
    private bool TakeGap(IEvent @event)
    {
        switch (@event)
        {
            case GapBegan e when !IsNobodysHere(e.CheckId):
                Begin(CheckOf(e.CheckId), e.Reason);
                return true;
            case GapEnded e when !IsNobodysHere(e.CheckId):
                End(CheckOf(e.CheckId));
                return true;
            case ResultsLost { CheckId: { } checkId } e when !IsNobodysHere(checkId):
                Lose(CheckOf(checkId), e);
                return true;
            default:
                return @event is GapBegan or GapEnded or ResultsLost;
        }
    }

    private void Begin(CheckState check, string reason)
    {
        var gap = check.Unwatched ??= new(_now, reason);
        // One that is over and in which something was seen is forgotten: what is left of it goes on.
        gap.Since = check.IsUnseen ? gap.Since : _now;
        (gap.OpenSince, gap.Reason) = (gap.OpenSince ?? _now, reason);
        EnqueueLeaves(check);
    }

    private void End(CheckState check)
    {
        if (check.Unwatched is not { OpenSince: { } since } gap)
            return;
        if (check.Last is not null)
            foreach (var leaf in check.Leaves)
                Stretch(leaf, check, since);
        gap.OpenSince = null;
        Forget(check);
        EnqueueLeaves(check);
    }

    // They count as one observation that says nothing, at the moment of the first of them.
    private void Lose(CheckState check, ResultsLost e)
    {
        var from = e.From < _now ? e.From : _now;
        if (IsTooLate(from))
            return;
        _observed = check.Id;
        if (check.Last is null || check.LastAt > from)
        {
            if (check.Last is not null)
                NoteLate(from);
            return;
        }
        var gap = check.Unwatched ??= new(from, GapSentences.Lost(e.Reason));
        gap.Since = from < gap.Since ? from : gap.Since;
        foreach (var leaf in check.Leaves)
            if (e.To > from && Decider.StaleAt(leaf, check) > from)
                leaf.Away += e.To - from;
        EnqueueLeaves(check);
    }

    // Somebody looks after it, and has seen something.
    private static void Forget(CheckState check)
    {
        if (check.Unwatched is { OpenSince: null } && !check.IsUnseen)
            check.Unwatched = null;
    }

    private void EnqueueLeaves(CheckState check)
    {
        foreach (var leaf in check.Leaves)
            Enqueue(leaf);
    }
}
