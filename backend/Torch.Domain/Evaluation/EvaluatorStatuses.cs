using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>
/// The catalogue of statuses changes seldom, and ranks move when it does: all is saved, put in terms of the new ranks, and restored, as
/// a start from a snapshot would do it; then everybody is judged anew.
/// </summary>
public sealed partial class Evaluator
{
    private void Adopt(StatusCatalog next)
    {
        if (ReferenceEquals(next, _statuses))
            return;
        int[] ranks = [.. _statuses.Ordered.Select(s => next.RankOf(s.Name))];
        var saved = Save();
        var given = _given.ToArray();
        Forget();
        (_statuses, _decider, _explainer, _noRules) = Of(next);
        Restore(saved with { Nodes = [.. saved.Nodes.Select(n => Moved(n, ranks))] });
        foreach (var (node, transition) in given)
            _given.Enqueue((_nodes[node.Id], transition));
        foreach (var node in _nodes.Values.OrderBy(n => n.Ordinal))
            Enqueue(node);
    }

    private static (StatusCatalog, Decider, Explainer, CompiledRules) Of(StatusCatalog statuses) =>
        (statuses, new(statuses), new(statuses), new(Rules.RuleSet.Empty, statuses));

    private void Forget()
    {
        _nodes.Clear();
        _checks.Clear();
        _maps.Clear();
        _late.Clear();
        _windows.Clear();
        _edges.Clear();
        _given.Clear();
        _deadlines.Clear();
        _dependencies = 0;
    }

    private static SavedNode Moved(SavedNode node, int[] ranks) =>
        node with
        {
            Verdict = Moved(node.Verdict, ranks),
            Places = node.Places is { } places
                ? [.. places.Select(p => p with { Verdict = Moved(p.Verdict, ranks) })]
                : null,
            Layers = node.Layers is { } layers
                ? layers with
                {
                    Raw = Moved(layers.Raw, ranks),
                    Own = Moved(layers.Own, ranks),
                    Beneath = Moved(layers.Beneath, ranks),
                    AcknowledgedStatus = ranks[layers.AcknowledgedStatus],
                    Damper = layers.Damper is { } damper ? Moved(damper, ranks) : null,
                }
                : null,
        };

    private static SavedDamper Moved(SavedDamper damper, int[] ranks) =>
        damper with
        {
            Hard = Moved(damper.Hard, ranks),
            Flaps = damper.Flaps is { Last: >= 0 } flaps ? flaps with { Last = ranks[flaps.Last] } : damper.Flaps,
        };

    private static SavedVerdict Moved(SavedVerdict verdict, int[] ranks) =>
        verdict with
        {
            Status = ranks[verdict.Status],
        };
}
