using System.Globalization;
using Torch.Domain.Rules;

namespace Torch.Domain.Evaluation;

/// <summary>A clause over a statistic of several observations.</summary>
internal sealed class StatisticClause : CompiledClause
{
    private readonly Statistic _of;
    private readonly Samples _samples;
    private readonly int _slot;

    public StatisticClause(Condition clause, Statistic of, Samples samples)
        : base(clause)
    {
        (_of, _samples) = (of, samples);
        _slot = samples.Ask(
            Rules.Text.Printer.Name(of.Field),
            o => Readings.Number(o, of.Field),
            of.Last ?? (of.Over is null ? 2 : null),
            of.Over
        );
    }

    public override bool? Test(NodeState node, DateTimeOffset now) =>
        SampleWindow.Of(_samples, _slot, _of, now) is not { } number ? null
        : Clause is StatisticIs c ? Numbers.Holds(number, c.Op, c.Value)
        : Numbers.Within(number, ((StatisticIn)Clause).Ranges) != ((StatisticIn)Clause).Negated;

    public override Look Look(NodeState node, DateTimeOffset now) =>
        new StatisticLook(
            Text,
            Clause,
            _of,
            SampleWindow.Of(_samples, _slot, _of, now),
            _samples.CountUntil(now) - SampleWindow.First(_samples, _of.Over, _of.Last, now)
        );

    public override bool ChangesByItself => _of.Over is not null;

    // The moment at which the oldest one leaves the window.
    public override long DueTicks(NodeState node, DateTimeOffset now)
    {
        if (_of.Over is not { } over)
            return long.MaxValue;
        var first = SampleWindow.First(_samples, over, null, now);
        return first < _samples.CountUntil(now) ? (_samples.AtOf(first) + over).UtcTicks : long.MaxValue;
    }
}

/// <summary>A clause over how many of the last observations failed, or met a condition.</summary>
internal sealed class CountOfLastClause : CompiledClause
{
    private readonly Samples _samples;
    private readonly (int Last, Comparison Op, int Limit) _asked;
    private readonly int _slot;
    private readonly string _fact;

    private CountOfLastClause(
        Condition clause,
        (int Last, Comparison Op, int Limit) asked,
        Samples samples,
        (string Key, Func<IEvent, double?> Reading) slot,
        string fact
    )
        : base(clause)
    {
        (_samples, _asked, _fact) = (samples, asked, fact);
        _slot = samples.Ask(slot.Key, slot.Reading, asked.Last, null);
    }

    public static CountOfLastClause Of(FailedOfLast c, Samples samples, Func<IEvent, bool> failed) =>
        new(c, (c.Last, c.Op, c.Limit), samples, ("failed", o => failed(o) ? 1 : 0), "failed");

    public static CountOfLastClause Of(MatchedOfLast c, Samples samples)
    {
        var (text, test) = (RuleText.Print(c.Term), ObservationTest.Compile(c.Term));
        return new(c, (c.Last, c.Op, c.Limit), samples, ("? " + text, o => test(o) == true ? 1 : 0), "had " + text);
    }

    public override bool? Test(NodeState node, DateTimeOffset now) =>
        _samples.CountUntil(now) == 0 ? null : Numbers.Holds(Matching(now), _asked.Op, _asked.Limit);

    public override Look Look(NodeState node, DateTimeOffset now)
    {
        var of = Math.Min(_asked.Last, _samples.CountUntil(now));
        var actual = string.Create(CultureInfo.InvariantCulture, $"{Matching(now)} of the last {of}");
        return new SaidLook(Text, of == 0 ? null : actual, $"{actual} observations {_fact}");
    }

    private int Matching(DateTimeOffset now)
    {
        var matching = 0;
        for (var i = SampleWindow.First(_samples, null, _asked.Last, now); i < _samples.CountUntil(now); i++)
            matching += _samples.ValueOf(i, _slot) > 0 ? 1 : 0;
        return matching;
    }
}
