using Torch.Domain.Rules;

namespace Torch.Domain.Evaluation;

/// <summary>A clause over the last observation of a leaf's check.</summary>
internal sealed class ObservationClause(Condition clause) : CompiledClause(clause)
{
    private readonly Func<IEvent, bool?> _test = ObservationTest.Compile(clause);

    public override bool? Test(NodeState node, DateTimeOffset now) =>
        node.Check?.Last is { } last ? _test(last.Event) : null;

    public override Look Look(NodeState node, DateTimeOffset now) =>
        node.Check?.Last is { } last
            ? new ObservedLook(Text, Clause, last.Event, Number(last.Event))
            : new SaidLook(Text, null, Text);

    private double? Number(IEvent observation) =>
        Clause switch
        {
            NumberIs c => Readings.Number(observation, c.Field),
            NumberIn c => Readings.Number(observation, c.Field),
            _ => null,
        };
}

/// <summary>A clause over how long ago the last observation was.</summary>
internal sealed class AgeClause(Condition clause) : CompiledClause(clause)
{
    public override bool? Test(NodeState node, DateTimeOffset now) =>
        Age(node, now) is not { } age ? null
        : Clause is NumberIs c ? Numbers.Holds(age, c.Op, c.Value)
        : Numbers.Within(age, ((NumberIn)Clause).Ranges) != ((NumberIn)Clause).Negated;

    public override Look Look(NodeState node, DateTimeOffset now) =>
        node.Check?.Last is { } last
            ? new ObservedLook(Text, Clause, last.Event, Age(node, now))
            : new SaidLook(Text, null, Text);

    public override bool ChangesByItself => true;

    // Both sides of the moment at which the age reaches the limit: it may change on it, or just after it.
    public override long DueTicks(NodeState node, DateTimeOffset now)
    {
        var due = long.MaxValue;
        if (node.Check?.Last is null)
            return due;
        foreach (var limit in Limits())
        foreach (var tick in (ReadOnlySpan<long>)[0, TimeSpan.TicksPerMicrosecond])
        {
            var at = node.Check.LastAt.UtcTicks + (long)(limit * TimeSpan.TicksPerMillisecond) + tick;
            if (at > now.UtcTicks && at < due)
                due = at;
        }
        return due;
    }

    private IEnumerable<double> Limits() =>
        Clause is NumberIs c ? [c.Value] : ((NumberIn)Clause).Ranges.SelectMany(r => new[] { r.From, r.To });

    private static double? Age(NodeState node, DateTimeOffset now) =>
        node.Check?.Last is null ? null : Math.Max(0, (now - node.Check.LastAt).TotalMilliseconds);
}
