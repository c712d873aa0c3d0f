namespace Torch.Domain.Rules.Text;

/// <summary>Clauses over several observations of one check.</summary>
/// <param name="condition">Reads a whole condition, as it may stand in parentheses.</param>
internal sealed class StatisticClauses(TokenReader tokens, Func<Condition> condition)
{
    private const int MostObservations = 1_000;

    private readonly FieldReader _fields = new(tokens);

    // Of the clause that is being read: whether its limits are in percent, once there is one.
    private bool? _inPercent;

    /// <summary>Null where no such clause begins.</summary>
    public Condition? TryRead() =>
        tokens.Here.Kind != TokenKind.Word || !tokens.Peek(1).Is("(") ? null
        : tokens.Here.Text == "count" && !IsOverChildren ? Counted()
        : Statistics.IsKnown(tokens.Here.Text) ? Compared(Statistic())
        : null;

    // count(children ... | count(remaining children ...
    private bool IsOverChildren =>
        tokens.Peek(2).Is("children") || (tokens.Peek(2).Is("remaining") && tokens.Peek(3).Is("children"));

    private Condition Counted()
    {
        tokens.Take();
        tokens.Expect("(");
        var token = tokens.Here;
        var term = tokens.TakeIf("failed") ? null : condition();
        if (term is not null && !IsOverOneObservation(term))
            throw TokenReader.Error(token, "this is not about one observation", "failed, children, or a field");
        tokens.Expect(",");
        var last = Last(1);
        tokens.Expect(")");
        var (op, limit) = (tokens.ExpectComparison(), tokens.ExpectWhole(0, last, $"a number from 0 to {last}"));
        return term is null ? new FailedOfLast(last, op, limit) : new MatchedOfLast(term, last, op, limit);
    }

    private int Last(int least)
    {
        tokens.Expect("last");
        return tokens.ExpectWhole(least, MostObservations, $"a number of observations from {least} to 1000");
    }

    private static bool IsOverOneObservation(Condition term) =>
        term switch
        {
            And and => and.Terms.All(IsOverOneObservation),
            Or or => or.Terms.All(IsOverOneObservation),
            Not not => IsOverOneObservation(not.Term),
            NumberIs c => c.Field.Name != "age",
            NumberIn c => c.Field.Name != "age",
            TextIs or TextIn or TextContains or TextMatches => true,
            _ => false,
        };

    private Statistic Statistic()
    {
        var function = tokens.Take().Text;
        tokens.Expect("(");
        var token = tokens.Here;
        var field = _fields.ReadNumeric();
        if (field.Name == "age")
            throw TokenReader.Error(token, "the age is of the last observation only", "a field of each observation");
        if (function == "rate" && field.Kind == FieldKind.Duration)
            throw TokenReader.Error(token, $"{field.Name} is a duration", "a field that counts something");
        var (over, last) = Window(function);
        tokens.Expect(")");
        return new(function, field, over, last);
    }

    private (TimeSpan? Over, int? Last) Window(string function)
    {
        var isOfTwo = function is "change" or "rate";
        if (isOfTwo && (function == "change" || tokens.Here.Is(")")))
            return (null, null);
        tokens.Expect(",");
        if (tokens.Here.Is("last"))
            return (null, Last(2));
        var token = tokens.Here;
        var over = tokens.ExpectDuration();
        return over is >= 1_000 and <= 86_400_000
            ? (TimeSpan.FromMilliseconds(over), null)
            : throw TokenReader.Error(token, "the window is out of range", "from 1s to 1d");
    }

    private Condition Compared(Statistic of)
    {
        _inPercent = null;
        if (tokens.TakeIf("between"))
            return In(of, _fields.Ends(Number), negated: false);
        if (tokens.TakeIf("outside"))
            return In(of, _fields.Ends(Number), negated: true);
        if (tokens.TryComparison() is { } op)
            return new StatisticIs(of with { InPercent = IsInPercent(of) }, op, Number());
        var negated = tokens.TakeIf("not");
        if (!tokens.TakeIf("in"))
            throw tokens.Unexpected("one of < <= = != >= >, between, outside, in, or not in");
        return In(of, tokens.ExpectSet(() => _fields.Range(Number)), negated);

        double Number()
        {
            var percent = IsInPercent(of);
            var number = percent ? tokens.ExpectNumber("a number") : _fields.Number(of.Kind, needsUnit: false);
            _inPercent = Agreed(percent);
            if (percent)
                tokens.Expect("%");
            return number;
        }
    }

    private bool IsInPercent(Statistic of) => of.Function == "change" && tokens.Peek(1).Is("%");

    private bool Agreed(bool percent) =>
        _inPercent is null || _inPercent == percent
            ? percent
            : throw tokens.Unexpected("percent on both sides or on none");

    private StatisticIn In(Statistic of, ValueList<NumberRange> ranges, bool negated) =>
        new(of with { InPercent = _inPercent == true }, ranges, negated);
}
