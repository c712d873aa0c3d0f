using Torch.Domain.Rules;
using Torch.Domain.Rules.Text;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>A clause over chosen children, as counters that follow each change of one child.</summary>
internal sealed class CountingClause : CompiledClause
{
    private readonly Selector _chosen;
    private readonly StatusTest _test;
    private readonly bool[] _passing;
    private readonly Func<NodeState, bool> _isChosen;
    private int _total;
    private int _matching;
    private decimal _totalWeight;
    private decimal _matchingWeight;

    // Filled anew each time: nobody keeps it.
    [ThreadStatic]
    private static List<NodeState>? t_deciders;

    /// <param name="picked">Those whom earlier clauses have picked out.</param>
    public CountingClause(
        Condition clause,
        (Selector Chosen, StatusTest Test) asked,
        StatusCatalog statuses,
        IReadOnlyList<Func<NodeState, bool>> picked
    )
        : base(clause)
    {
        (_chosen, _test) = asked;
        Weighs = clause is Aggregate { Measure: Measure.Weight };
        _passing = StatusTests.Compile(_test, statuses);
        _isChosen = Selectors.Compile(_chosen, picked);
    }

    /// <param name="sign">1 when the edge comes to count as its rank, -1 when it ceases to.</param>
    public void Count(EdgeState edge, int sign)
    {
        if (!_isChosen(edge.Child))
            return;
        var passes = _passing[edge.CountsAs];
        _total += sign;
        _matching += passes ? sign : 0;
        if (Weighs)
            Weigh(sign * edge.Weight, passes);
    }

    private void Weigh(decimal weight, bool passes)
    {
        _totalWeight += weight;
        _matchingWeight += passes ? weight : 0;
    }

    public override bool? Test(NodeState node, DateTimeOffset now) =>
        _total == 0
            ? null
            : Clause switch
            {
                Children { Quantifier: Quantifier.Any } => _matching > 0,
                Children { Quantifier: Quantifier.All } => _matching == _total,
                Children => _matching == 0,
                Aggregate { Measure: Measure.Count } c => Numbers.Holds(_matching, c.Op, c.Limit),
                Aggregate { Measure: Measure.Weight } c => Numbers.Holds(_matchingWeight, c.Op, c.Limit),
                Aggregate c => Numbers.Holds(_matching * 100m, c.Op, c.Limit * _total),
                _ => null,
            };

    public override Look Look(NodeState node, DateTimeOffset now)
    {
        var deciders = t_deciders ??= [];
        deciders.Clear();
        Deciders(node, deciders, Sentences.NamesInSentence);
        var (count, weight) = ((_matching, _total), (_matchingWeight, _totalWeight));
        return new CountedLook(this, count, weight, Sentences.NamesOf(deciders));
    }

    /// <summary>Whether it adds weights.</summary>
    public bool Weighs { get; }

    /// <summary>How it chooses children; null where it takes all that count.</summary>
    public string? Where => Printer.Where(_chosen) is { Length: > 0 } where ? $"where {where}" : null;

    /// <summary>Whether it leaves out whom earlier clauses have picked out.</summary>
    public bool IsOfRemaining => _chosen is RemainingChildren;

    /// <summary>Whom it picks out; null where nobody in particular.</summary>
    public Func<NodeState, bool>? Picked => _chosen.Picks ? _isChosen : null;

    /// <summary>What it asks of them.</summary>
    public string Fact => StatusTests.Phrase(_test);

    public override void Deciders(NodeState node, List<NodeState> deciders, int limit)
    {
        for (var rank = _passing.Length - 1; rank >= 0; rank--)
            if (_passing[rank] != SpeaksOfTheOthers && node.ByRank is { } byRank)
                Add(byRank[rank], deciders, limit);
    }

    // "less than 2 are up" is decided by those that are not up.
    public bool SpeaksOfTheOthers =>
        Clause is Aggregate { Op: Comparison.Less or Comparison.AtMost } or Children { Quantifier: Quantifier.None };

    private void Add(Few<EdgeState> edges, List<NodeState> deciders, int limit)
    {
        foreach (var edge in edges)
        {
            if (deciders.Count >= limit)
                return;
            if (_isChosen(edge.Child) && !deciders.Contains(edge.Child))
                deciders.Add(edge.Child);
        }
    }
}

/// <summary>A clause over one child by name, or over a grandchild by its path. It asks for the node's own status, not for what it counts as.</summary>
internal sealed class NamedClause(NamedChild clause, StatusCatalog statuses) : CompiledClause(clause)
{
    private readonly bool[] _passing = StatusTests.Compile(clause.Test, statuses);
    private readonly string[] _path = clause.Name.Split('/');

    public List<NodeState> Targets { get; } = [];

    /// <summary>Or a path.</summary>
    public string Name => clause.Name;

    /// <summary>Whom it picks out: only a child, not one of a child's own.</summary>
    public bool Picks(NodeState child) => child.Name == clause.Name;

    /// <summary>Whether its path leads through nodes of that name.</summary>
    public bool Means(string name) => clause.Name == name || _path.Contains(name);

    /// <summary>Finds the nodes that the name means now.</summary>
    public void Resolve(NodeState group)
    {
        Targets.Clear();
        Targets.AddRange(group.Children.Where(e => e.Child.Name == clause.Name).Select(e => e.Child));
        if (Targets.Count > 0)
            return;
        IEnumerable<NodeState> here = [group];
        foreach (var name in _path)
            here = [.. here.SelectMany(n => n.Children).Select(e => e.Child).Where(c => c.Name == name).Distinct()];
        Targets.AddRange(here);
    }

    public override bool? Test(NodeState node, DateTimeOffset now)
    {
        bool? result = null;
        foreach (var target in Targets)
            if (!statuses.Ordered[target.Status].Neutral)
                result = result == true || _passing[target.Status];
        return result;
    }

    public override Look Look(NodeState node, DateTimeOffset now)
    {
        var actual = Actual();
        return new SaidLook(Text, actual, $"{clause.Name} is {actual}");
    }

    private string Actual() =>
        Targets.Count switch
        {
            0 => "no such child",
            1 => statuses.Ordered[Targets[0].Status].Name,
            _ => string.Join(", ", Targets.Select(t => statuses.Ordered[t.Status].Name).Distinct()),
        };

    public override void Deciders(NodeState node, List<NodeState> deciders, int limit)
    {
        foreach (var target in Targets)
            if (deciders.Count < limit && _passing[target.Status] && !deciders.Contains(target))
                deciders.Add(target);
    }
}

/// <summary>Tests of a status as a table over ranks.</summary>
internal static class StatusTests
{
    public static bool[] Compile(StatusTest test, StatusCatalog statuses)
    {
        var limit = statuses.RankOf(test.Statuses[0]);
        return [.. statuses.Ordered.Select((s, rank) => Passes(s, rank))];

        bool Passes(Status status, int rank) =>
            test.Op switch
            {
                StatusComparison.In => test.Statuses.Contains(status.Name),
                StatusComparison.NotIn => !test.Statuses.Contains(status.Name),
                // A foreign log may name a status that nobody has defined.
                _ when limit < 0 => false,
                StatusComparison.Less => rank < limit,
                StatusComparison.AtMost => rank <= limit,
                StatusComparison.AtLeast => rank >= limit,
                _ => rank > limit,
            };
    }

    /// <summary>As a sentence says it: <c>at least critical</c>, <c>degraded or down</c>, <c>not up</c>.</summary>
    public static string Phrase(StatusTest test) =>
        test.Op switch
        {
            StatusComparison.In => string.Join(" or ", test.Statuses),
            StatusComparison.NotIn => "not " + string.Join(" or ", test.Statuses),
            StatusComparison.Less => "better than " + test.Statuses[0],
            StatusComparison.AtMost => "at most " + test.Statuses[0],
            StatusComparison.AtLeast => "at least " + test.Statuses[0],
            _ => "worse than " + test.Statuses[0],
        };
}
