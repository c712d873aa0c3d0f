using Torch.Domain.Agents;
using Torch.Domain.Checks;

namespace Torch.Domain.Evaluation;

/// <summary>
/// Checks that run from several locations. Each leaf of one has a hidden leaf per location, with the same rules and a memory of its own;
/// what the leaf shows is what so many of them say.
/// </summary>
public sealed partial class Evaluator
{
    // The settings are others: locations that stay keep what they know.
    private void Place(CheckState check)
    {
        var names = check.Settings?.Locations is { Count: > 1 } several ? several : [];
        if (names.Count == 0 && check.Places is null)
            return;
        var before = check.Places;
        check.Places = names.Count == 0 ? null : [.. names.Select(name => PlaceAt(check, name))];
        foreach (var place in check.Places ?? [])
            place.Settings = check.Settings;
        foreach (var leaf in check.Leaves)
        {
            Furnish(leaf);
            if (check.Places is not null || before is null)
                continue;
            leaf.Rules.Begin(check, _now);
            Observe(leaf, leaf.Rules, _now);
        }
    }

    // What the check found while it ran from that location alone is that location's.
    private static PlaceState PlaceAt(CheckState check, string name)
    {
        if (Array.Find(check.Places ?? [], p => p.Location == name) is { } known)
            return known;
        var place = new PlaceState(check.Id, name);
        if (check.Places is null && check.Last is { } last && LocationOf(last.Event) == name)
            (place.Last, place.LastAt, place.Verdict) = (last, check.LastAt, check.Verdict);
        if (check.Unwatched is { } gap)
            place.Unwatched = new(gap.Since, gap.Reason) { OpenSince = gap.OpenSince };
        return place;
    }

    // Rules were published, or another check is shown, or it runs elsewhere: who is still there keeps his memory.
    private void Furnish(NodeState leaf)
    {
        var before = leaf.Places;
        leaf.Places =
            leaf.Recorded is null && leaf.Check?.Places is { } places
                ? [.. places.Select(p => Array.Find(before ?? [], n => n.Check == p) ?? Begun(leaf, leaf.Rules, p))]
                : null;
        SetStaleness(leaf, leaf.Staleness);
    }

    private NodeState Begun(NodeState leaf, CompiledRules rules, PlaceState place)
    {
        var seen = Hidden(leaf, rules, place);
        seen.Rules.Begin(place, _now);
        Observe(seen, seen.Rules, _now);
        return seen;
    }

    private NodeState Hidden(NodeState leaf, CompiledRules rules, PlaceState place) =>
        new(leaf.Id, leaf.Ordinal, rules == _noRules ? rules : new CompiledRules(rules.Set, _statuses))
        {
            Name = leaf.Name,
            Check = place,
            Staleness = leaf.Staleness,
            Verdict = new(leaf.Status, DeciderKind.Nothing, -1, _now, long.MaxValue),
            Status = leaf.Status,
        };

    private static void SetStaleness(NodeState leaf, TimeSpan? staleness)
    {
        leaf.Staleness = staleness;
        foreach (var place in leaf.Places ?? [])
            place.Staleness = staleness;
    }

    private void ObservedFrom(CheckState check, PlaceState[] places, SeenObservation seen, DateTimeOffset at)
    {
        if (PlaceOf(check, (seen.Event as ProbeCompleted)?.Location) is not (>= 0 and var index))
            return;
        var place = places[index];
        foreach (var leaf in check.Leaves)
            leaf.Places?[index].Rules.Samples?.Add(at, seen.Event);
        if (place.Last is not null && at < place.LastAt)
        {
            NoteLate(at);
            return;
        }
        Take(place, seen, at);
        if (check.Last is null || at >= check.LastAt)
            Take(check, seen, at);
        foreach (var leaf in check.Leaves)
            if (leaf.Places is { } seenFrom)
                Judge(leaf, seenFrom[index], at);
    }

    private void Take(CheckState check, SeenObservation seen, DateTimeOffset at)
    {
        (check.Last, check.LastAt) = (seen, at);
        check.Verdict = _statuses.RankOf(Readings.Verdict(seen.Event, _statuses).Name);
        Forget(check);
    }

    // Results of several locations come in any order. One that changes nothing of what its location said is not looked at as late.
    private void Judge(NodeState leaf, NodeState seen, DateTimeOffset at)
    {
        leaf.Away = TimeSpan.Zero;
        seen.Away = TimeSpan.Zero;
        leaf.Layers?.Damper?.IsResult = true;
        Observe(seen, seen.Rules, at);
        var before = seen.Status;
        if (at < leaf.JudgedAt && leaf.Layers?.Damper is null)
            (seen.Verdict, seen.Status) = _decider.Place(seen, at) is var now ? (now, now.Status) : default;
        if (at >= leaf.JudgedAt || leaf.Layers?.Damper is not null || seen.Status != before)
            Enqueue(leaf);
    }

    private static int PlaceOf(CheckState check, string? location) =>
        Array.FindIndex(check.Places!, p => p.Location == (location ?? Locations.Default));

    private static string LocationOf(IEvent observation) =>
        (observation as ProbeCompleted)?.Location ?? Locations.Default;

    // A draft is tried on a copy: what the leaf remembers of its own rules stays.
    private NodeState WithDraft(NodeState leaf, CompiledRules draft, IReadOnlyList<IEvent>? recorded)
    {
        var copy = Hidden(leaf, draft, leaf.Check!.Places![0]);
        (copy.Check, copy.Since, copy.Paused, copy.PauseReason) = (
            leaf.Check,
            leaf.Since,
            leaf.Paused,
            leaf.PauseReason
        );
        copy.Places = [.. leaf.Check.Places.Select(p => Begun(leaf, draft, p))];
        foreach (var place in copy.Places)
            if (
                recorded?.Where(o => LocationOf(o) == ((PlaceState)place.Check!).Location).ToList() is { Count: > 0 } of
            )
                place.Rules.Samples?.Recall(UntilNow(place.Check!, of));
        return copy;
    }
}
