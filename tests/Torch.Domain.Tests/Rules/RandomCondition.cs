using Torch.Domain.Rules;
using Torch.Domain.Schedules;

namespace Torch.Domain.Tests.Rules;

/// <summary>Conditions of every kind, from a seed.</summary>
internal sealed class RandomCondition(Random random)
{
    private static readonly string[] Texts =
    [
        "x",
        "up",
        "not",
        "in",
        "a b",
        "say \"so\"",
        "back\\slash",
        "line\nbreak",
        "ü€",
        "5",
    ];
    private static readonly string[] Patterns = ["^a", "[0-9]{2,3}", "a/b", "\\\"", "\\\\", "x|y"];
    private static readonly string[] Statuses = ["up", "degraded", "unknown", "expired", "critical", "down"];
    private static readonly Field[] Numeric =
    [
        new("value"),
        new("statusCode"),
        new("latency.total"),
        new("metrics", "disk.used"),
        new("json", "a.b[0]"),
        new("header", "x-\"left\""),
        new("httpVersion"),
        new("dns.ttl"),
    ];
    private static readonly Field[] Textual =
    [
        new("message"),
        new("outcome"),
        new("json", "status"),
        new("tlsVersion"),
    ];

    public Condition OnLeaf(int depth = 3) => Of(depth, Clause, held: true);

    public Condition OnGroup(int depth = 3) =>
        Of(depth, () => random.Next(6) == 0 ? Time() : OverChildren(), held: false);

    private Condition Of(int depth, Func<Condition> clause, bool held) =>
        random.Next(depth > 0 ? 7 : 1) switch
        {
            1 => new And(Some(() => Of(depth - 1, clause, held))),
            2 => new Or(Some(() => Of(depth - 1, clause, held))),
            3 => new Not(Of(depth - 1, clause, held)),
            4 when held => new HeldFor(Of(depth - 1, clause, held), random.Next(1, 4)),
            _ => clause(),
        };

    private Condition Clause() =>
        random.Next(8) switch
        {
            0 => new StatisticIs(Statistic(), Any<Comparison>(), Number()),
            1 => new StatisticIn(Statistic(), Ranges(), Flip()),
            2 => new FailedOfLast(5, Any<Comparison>(), random.Next(6)),
            3 => new MatchedOfLast(Of(1, Simple, held: false), 4, Any<Comparison>(), random.Next(5)),
            4 => Time(),
            5 => new NumberIs(new("age"), Any<Comparison>(), random.Next(1, 200) * 1_000),
            _ => Simple(),
        };

    private Condition Simple() =>
        random.Next(6) switch
        {
            0 => new NumberIs(Any(Numeric), Any<Comparison>(), Number()),
            1 => new NumberIn(Any(Numeric), Ranges(), Flip()),
            2 => new TextIs(Any(Textual), Any(Texts), Flip()),
            3 => new TextIn(Any(Textual), [Any(Texts), Any(Texts)], Flip()),
            4 => new TextContains(Any(Textual), Any(Texts), Flip()),
            _ => new TextMatches(Any(Textual), Any(Patterns), Flip()),
        };

    private Statistic Statistic() =>
        random.Next(4) switch
        {
            0 => new("change", Any(Numeric), InPercent: Flip()),
            1 => new("rate", new("metrics", "n"), Flip() ? TimeSpan.FromMinutes(5) : null),
            2 => new(Any(Statistics.OfWindows), Any(Numeric), TimeSpan.FromSeconds(random.Next(1, 5_000))),
            _ => new(Any(Statistics.OfWindows), Any(Numeric), Last: random.Next(2, 20)),
        };

    private Condition Time() =>
        random.Next(3) switch
        {
            0 => new HourIn(random.Next(24), random.Next(24), Flip()),
            1 => new DayIn(ScheduleSpan.InOrder([Any<DayOfWeek>(), Any<DayOfWeek>()]), Flip()),
            _ => new During(
                new([
                    new(
                        ScheduleSpan.InOrder([Any<DayOfWeek>()]),
                        TimeSpan.FromHours(12),
                        TimeSpan.FromMinutes(90),
                        Flip()
                    ),
                ])
            ),
        };

    private Condition OverChildren() =>
        random.Next(3) switch
        {
            0 => new Children(Any<Quantifier>(), Chosen(), Test()),
            1 => new NamedChild(Any(["a", "b", "sub/x", "say \"so\""]), Test()),
            _ => new Aggregate(Any<Measure>(), Chosen(), Test(), Any<Comparison>(), random.Next(100)),
        };

    private Selector Chosen() =>
        random.Next(4) switch
        {
            0 => Selector.Everyone,
            1 => new RemainingChildren(Flip() ? Selector.Everyone : Picking(2)),
            _ => Picking(2),
        };

    private Selector Picking(int depth) =>
        random.Next(depth > 0 ? 5 : 1) switch
        {
            1 => new SelectorAnd(Some(() => Picking(depth - 1))),
            2 => new SelectorOr(Some(() => Picking(depth - 1))),
            3 => new SelectorNot(Picking(depth - 1)),
            _ when random.Next(3) == 0 => new SelectorTerm(SelectorKey.Type, SelectorOp.Is, "report"),
            _ when Flip() => new SelectorTerm(SelectorKey.Name, SelectorOp.Matches, Any(Patterns)),
            _ => new SelectorTerm(SelectorKey.Tag, Flip() ? SelectorOp.Is : SelectorOp.IsNot, Any(Texts)),
        };

    private StatusTest Test() =>
        Any<StatusComparison>() switch
        {
            var op and (StatusComparison.In or StatusComparison.NotIn) => new(
                op,
                [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Any(Statuses))]
            ),
            var op => new(op, [Any(Statuses)]),
        };

    private ValueList<NumberRange> Ranges()
    {
        var from = Number();
        return Flip() ? [new(from, from)] : [new(from, from + 10.5), new(from + 20, from + 20)];
    }

    private ValueList<T> Some<T>(Func<T> make) => new([.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => make())]);

    private double Number() => random.Next(-200, 800) / 8d;

    private bool Flip() => random.Next(2) == 0;

    private T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private T Any<T>()
        where T : struct, Enum => Any(Enum.GetValues<T>());
}
