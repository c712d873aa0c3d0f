using System.Numerics;
using System.Text.RegularExpressions;
using Torch.Domain.Rules;
using Torch.Domain.Rules.Text;

namespace Torch.Domain.Evaluation;

/// <summary>A clause over the last observation of a leaf's check, or over its last few.</summary>
internal sealed class ObservationClause : CompiledClause
{
    private readonly Condition _clause;
    private readonly Regex? _regex;

    public ObservationClause(Condition clause)
        : base(RuleText.Print(clause))
    {
        _clause = clause;
        _regex = clause is TextMatches matches ? Regexes.Compile(matches.Pattern) : null;
    }

    public override bool? Test(NodeState node, DateTimeOffset now) =>
        node.Check?.Last is not { } last
            ? null
            : _clause switch
            {
                NumberIs c => Number(node, now, c.Field) is { } n ? Holds(n, c.Op, c.Value) : null,
                NumberIn c => Number(node, now, c.Field) is { } n ? Within(n, c.Ranges) != c.Negated : null,
                TextIs c => Readings.Text(last.Event, c.Field) is { } t ? (t == c.Text) != c.Negated : null,
                TextIn c => Readings.Text(last.Event, c.Field) is { } t ? c.Texts.Contains(t) != c.Negated : null,
                TextContains c => Readings.Text(last.Event, c.Field) is { } t
                    ? t.Contains(c.Text, StringComparison.Ordinal) != c.Negated
                    : null,
                TextMatches c => Readings.Text(last.Event, c.Field) is { } t ? _regex!.IsMatch(t) != c.Negated : null,
                FailedOfLast c => Holds(Failed(node.Check, c.Last), c.Op, c.Limit),
                _ => throw new NotSupportedException($"\"{Text}\" cannot be evaluated yet"),
            };

    public override Look Look(NodeState node, DateTimeOffset now) =>
        node.Check?.Last is { } last
            ? new ObservedLook(
                Text,
                _clause,
                last.Event,
                _clause switch
                {
                    NumberIs c => Number(node, now, c.Field),
                    NumberIn c => Number(node, now, c.Field),
                    FailedOfLast c => Failed(node.Check, c.Last),
                    _ => null,
                },
                node.Check.Results
            )
            : new SaidLook(Text, null, Text);

    // Both sides of the moment at which the age reaches the limit: it may change on it, or just after it.
    public override long DueTicks(NodeState node, DateTimeOffset now)
    {
        var due = long.MaxValue;
        if (node.Check?.Last is null)
            return due;
        foreach (var limit in AgeLimits())
        foreach (var tick in (ReadOnlySpan<long>)[0, TimeSpan.TicksPerMicrosecond])
        {
            var at = node.Check.LastAt.UtcTicks + (long)(limit * TimeSpan.TicksPerMillisecond) + tick;
            if (at > now.UtcTicks && at < due)
                due = at;
        }
        return due;
    }

    private IEnumerable<double> AgeLimits() =>
        _clause switch
        {
            NumberIs { Field.Name: "age" } c => [c.Value],
            NumberIn { Field.Name: "age" } c => c.Ranges.SelectMany(r => new[] { r.From, r.To }),
            _ => [],
        };

    private static double? Number(NodeState node, DateTimeOffset now, Field field) =>
        field.Name == "age"
            ? Math.Max(0, (now - node.Check!.LastAt).TotalMilliseconds)
            : Readings.Number(node.Check!.Last!.Event, field);

    internal static bool Holds<T>(T actual, Comparison op, T limit)
        where T : INumber<T> =>
        op switch
        {
            Comparison.Less => actual < limit,
            Comparison.AtMost => actual <= limit,
            Comparison.Equal => actual == limit,
            Comparison.NotEqual => actual != limit,
            Comparison.AtLeast => actual >= limit,
            _ => actual > limit,
        };

    private static bool Within(double number, ValueList<NumberRange> ranges)
    {
        foreach (var range in ranges)
            if (number >= range.From && number <= range.To)
                return true;
        return false;
    }

    private static int Failed(CheckState check, int last) =>
        BitOperations.PopCount(last >= 64 ? check.Failures : check.Failures & ((1UL << last) - 1));
}
