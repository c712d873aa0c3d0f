using Torch.Domain.Schedules;

namespace Torch.Domain.Rules.Text;

/// <summary>Clauses over the clock on the wall.</summary>
internal sealed class TimeClauses(TokenReader tokens)
{
    private const string AnHour = "an hour from 0 to 23";
    private const string ADay = "mon, tue, wed, thu, fri, sat or sun";

    /// <summary>Null where no clause over time begins.</summary>
    public Condition? TryRead() =>
        tokens.TakeIf("hour") ? Hour()
        : tokens.TakeIf("day") ? Day()
        : tokens.TakeIf("during") ? During()
        : null;

    private HourIn Hour()
    {
        var negated = tokens.TakeIf("not");
        tokens.Expect("in");
        var parenthesis = tokens.TakeIf("(");
        var from = tokens.ExpectWhole(0, 23, AnHour);
        var to = tokens.TakeIf("..") ? tokens.ExpectWhole(0, 23, AnHour) : from;
        if (parenthesis)
            tokens.Expect(")");
        return new(from, to, negated);
    }

    private DayIn Day()
    {
        if (tokens.TakeIf("is"))
        {
            var not = tokens.TakeIf("not");
            return new([ExpectDay()], not);
        }
        var negated = tokens.TakeIf("not");
        tokens.Expect("in");
        var days = tokens.ExpectSet(Days).SelectMany(d => d);
        return new(ScheduleSpan.InOrder(days), negated);
    }

    // A single day, or from one to another, over the weekend where it must be.
    private List<DayOfWeek> Days()
    {
        var days = new List<DayOfWeek> { ExpectDay() };
        if (!tokens.TakeIf(".."))
            return days;
        for (var last = ExpectDay(); days[^1] != last; )
            days.Add((DayOfWeek)(((int)days[^1] + 1) % 7));
        return days;
    }

    private DayOfWeek ExpectDay()
    {
        if (tokens.Here.Kind != TokenKind.Word)
            throw tokens.Unexpected(ADay);
        return ScheduleText.DayOf(tokens.Here.Text) is { } day
            ? (tokens.Take(), day).day
            : throw TokenReader.Error(tokens.Here, $"unknown day \"{tokens.Here.Text}\"", ADay);
    }

    private During During()
    {
        var token = tokens.Here;
        var text = tokens.ExpectText(Schedule.Expected);
        return Schedule.TryParse(text, out var schedule)
            ? new(schedule)
            : throw TokenReader.Error(token, "this is no schedule", Schedule.Expected);
    }
}
