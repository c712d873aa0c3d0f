using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Evaluation;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;

namespace Torch.Benchmarks.Evaluation;

/// <summary>A hierarchy of equally wide levels below one root, all leaves at the same depth, everything up. Groups on two levels have a rule.</summary>
internal sealed class Tree
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 6, 0, 0, TimeSpan.Zero);
    private static readonly RuleSet AnyDown = new(
        [new(RuleText.Parse("any child is down").Condition!, "down")],
        RollUp.Worst,
        MatchPolicy.First
    );

    private readonly int[] _widths;
    private readonly List<IEvent>? _log;
    private long _position;

    /// <param name="depth">Edges from the root to a leaf.</param>
    public Tree(int nodes, int depth, List<IEvent>? log = null)
        : this([.. Enumerable.Range(0, depth + 1).Select(level => Width(nodes, level, depth))], log) { }

    /// <param name="widths">Nodes per level, the root's first.</param>
    /// <param name="log">Takes every event that is folded.</param>
    public Tree(int[] widths, List<IEvent>? log = null)
    {
        (_widths, _log) = (widths, log);
        for (var level = 0; level < widths.Length; level++)
        for (var i = 0; i < widths[level]; i++)
            Grow(level, i);
        for (var leaf = 0; leaf < Leaves; leaf++)
            Fold(Report(leaf, "up"));
    }

    public Evaluator Evaluator { get; private set; } = new();

    public int Nodes => _widths.Sum();

    public int Leaves => _widths[^1];

    public static ReportReceived Report(int leaf, string status) => new(Check(leaf), "source", Start, 1, status);

    public IReadOnlyList<NodeTransitioned> Fold(IEvent @event)
    {
        _log?.Add(@event);
        return Evaluator.Fold(++_position, Start, @event);
    }

    private void Grow(int level, int i)
    {
        var node = Node(level, i);
        Fold(new NodeAdded(node));
        if (level > 0)
            Fold(new ChildLinked(Node(level - 1, (int)((long)i * _widths[level - 1] / _widths[level])), node));
        var check = level == _widths.Length - 1 ? Check(i) : (Guid?)null;
        Fold(new NodeCreated(node, FormattableString.Invariant($"node {level}/{i}"), check, []));
        if (check is null && level is 2 or 5)
            Fold(new RulesPublished(node, 1, AnyDown, null));
    }

    // Powers of the base that makes all levels together the asked number, nearly.
    private static int Width(int nodes, int level, int depth)
    {
        var ratio = 2.0;
        for (var i = 0; i < 60; i++)
            ratio *= Math.Pow(nodes / ((Math.Pow(ratio, depth + 1) - 1) / (ratio - 1)), 1.0 / depth);
        return Math.Max(1, (int)Math.Round(Math.Pow(ratio, level)));
    }

    private static Guid Node(int level, int i) => new(level + 1, 0, 0, BitConverter.GetBytes((long)i));

    private static Guid Check(int leaf) => new(0, 1, 0, BitConverter.GetBytes((long)leaf));
}
