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
                Begin(CheckOf(e.CheckId), e.Location, e.Reason);
                return true;
            case GapEnded e when !IsNobodysHere(e.CheckId):
                End(CheckOf(e.CheckId), e.Location);
                return true;
            case ResultsLost { CheckId: { } checkId } e when !IsNobodysHere(checkId):
                Lose(CheckOf(checkId), e);
                return true;
            default:
                return @event is GapBegan or GapEnded or ResultsLost;
        }
    }

    private void Begin(CheckState check, string? location, string reason)
    {
        foreach (var seen in Sides(check, location))
        {
            var gap = seen.Unwatched ??= new(_now, reason);
            // One that is over and in which something was seen is forgotten: what is left of it goes on.
            gap.Since = seen.IsUnseen ? gap.Since : _now;
            (gap.OpenSince, gap.Reason) = (gap.OpenSince ?? _now, reason);
        }
        EnqueueLeaves(check);
    }

    private void End(CheckState check, string? location)
    {
        if (Sides(check, location).FirstOrDefault()?.Unwatched is not { OpenSince: { } since })
            return;
        if (location is null)
            StretchAll(check, since);
        else
            StretchPlace(check, PlaceOf(check, location), since);
        foreach (var seen in Sides(check, location))
        {
            seen.Unwatched?.OpenSince = null;
            Forget(seen);
        }
        EnqueueLeaves(check);
    }

    private void StretchPlace(CheckState check, int index, DateTimeOffset since)
    {
        var place = check.Places![index];
        foreach (var leaf in check.Leaves)
            if (place.Last is not null && SideOf(leaf, index) is { } seen)
                Stretch(seen, place, since);
    }

    // The check as a whole, and as it is seen from each of several locations; or from one of them, where it still runs there.
    private static IEnumerable<CheckState> Sides(CheckState check, string? location) =>
        location is not null ? (check.Places ?? []).Where(p => p.Location == location)
        : check.Places is { } places ? [check, .. places]
        : [check];

    // They count as one observation that says nothing, at the moment of the first of them.
    private void Lose(CheckState check, ResultsLost e)
    {
        var from = e.From < _now ? e.From : _now;
        if (IsTooLate(from))
            return;
        _observed = check.Id;
        var index = check.Places is null ? -1 : PlaceOf(check, e.Location);
        if (check.Places is not null && index < 0)
            return;
        var side = index < 0 ? check : check.Places![index];
        if (side.Last is null || side.LastAt > from)
        {
            if (side.Last is not null)
                NoteLate(from);
            return;
        }
        var gap = side.Unwatched ??= new(from, GapSentences.Lost(e.Reason));
        gap.Since = from < gap.Since ? from : gap.Since;
        foreach (var leaf in check.Leaves)
            if (SideOf(leaf, index) is { } seen && e.To > from && Decider.StaleAt(seen, side) > from)
                seen.Away += e.To - from;
        EnqueueLeaves(check);
    }

    private static NodeState? SideOf(NodeState leaf, int index) => index < 0 ? leaf : leaf.Places?[index];

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
