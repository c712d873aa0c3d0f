namespace Torch.Domain.Rules.Text;

/// <summary>Clauses over a group's children.</summary>
internal sealed class ChildClauses(TokenReader tokens)
{
    /// <summary>Null where no clause over children begins.</summary>
    public Condition? TryRead() =>
        tokens.Here switch
        {
            { Kind: not TokenKind.Word } => null,
            { Text: "any" } => Quantified(Quantifier.Any),
            { Text: "all" } => Quantified(Quantifier.All),
            { Text: "no" or "none" } => Quantified(Quantifier.None),
            { Text: "child" } => Named(),
            { Text: "count" } => Counted(Measure.Count),
            { Text: "percent" } => Counted(Measure.Percent),
            { Text: "weight" } => Counted(Measure.Weight),
            _ => null,
        };

    private Children Quantified(Quantifier quantifier)
    {
        tokens.Take();
        _ = tokens.TakeIf("of");
        var remaining = tokens.TakeIf("remaining");
        if (!tokens.TakeIf("child") && !tokens.TakeIf("children"))
            throw tokens.Unexpected("child or children");
        var chosen = tokens.TakeIf("where") ? new SelectorReader(tokens).Read() : Selector.Everyone;
        return new(quantifier, Among(remaining, chosen), Verdict());
    }

    private NamedChild Named()
    {
        tokens.Take();
        tokens.Expect("(");
        var token = tokens.Here;
        var name = tokens.ExpectText("a child's name in quotes");
        if (name.Length == 0)
            throw TokenReader.Error(token, "the name is empty", "a child's name");
        tokens.Expect(")");
        if (tokens.TakeIf("."))
            tokens.Expect("status");
        return new(name, Verdict());
    }

    private Aggregate Counted(Measure measure)
    {
        tokens.Take();
        tokens.Expect("(");
        var remaining = tokens.TakeIf("remaining");
        tokens.Expect("children");
        var (chosen, test) = Inside();
        tokens.Expect(")");
        var op = tokens.ExpectComparison();
        return new Aggregate(measure, Among(remaining, chosen), test, op, Limit(measure));
    }

    private static Selector Among(bool remaining, Selector chosen) =>
        remaining ? new RemainingChildren(chosen) : chosen;

    // children where status is down | children where tag = "db": status is down | children: status is down
    private (Selector, StatusTest) Inside()
    {
        if (tokens.TakeIf(":"))
            return (Selector.Everyone, StatusAnd());
        tokens.Expect("where");
        if (tokens.Here.Is("status"))
            return (Selector.Everyone, StatusAnd());
        var chosen = new SelectorReader(tokens).Read();
        tokens.Expect(":");
        return (chosen, StatusAnd());
    }

    private StatusTest StatusAnd()
    {
        tokens.Expect("status");
        return Verdict();
    }

    private decimal Limit(Measure measure)
    {
        var token = tokens.Here;
        var number = tokens.ExpectNumber("a number");
        if (measure == Measure.Percent)
            _ = tokens.TakeIf("%");
        return measure switch
        {
            _ when number < 0 => throw TokenReader.Error(token, "the number is negative", "0 or more"),
            Measure.Percent when number > 100 => throw TokenReader.Error(
                token,
                "the percentage is over 100",
                "0 to 100"
            ),
            Measure.Count when number != Math.Truncate(number) => throw TokenReader.Error(
                token,
                "children are counted whole",
                "a whole number"
            ),
            _ when number > 1_000_000_000 => throw TokenReader.Error(
                token,
                "the number is too large",
                "at most 1000000000"
            ),
            _ => (decimal)number,
        };
    }

    // is down | are not up | in {critical, down} | >= critical
    private StatusTest Verdict()
    {
        if (tokens.TakeIf("is") || tokens.TakeIf("are"))
        {
            if (tokens.TakeIf("not"))
                return OneOrSet(StatusComparison.NotIn);
            if (tokens.TakeIf("at"))
                return new(Bound(), [tokens.ExpectStatus()]);
            return OneOrSet(StatusComparison.In);
        }
        if (tokens.TakeIf("not"))
        {
            tokens.Expect("in");
            return new(StatusComparison.NotIn, tokens.ExpectSet(tokens.ExpectStatus));
        }
        if (tokens.TakeIf("in"))
            return new(StatusComparison.In, tokens.ExpectSet(tokens.ExpectStatus));
        return tokens.TryComparison() switch
        {
            { } op => new(Order(op), [tokens.ExpectStatus()]),
            null => throw tokens.Unexpected("is, are, in, or one of < <= = != >= >"),
        };
    }

    private StatusComparison Bound() =>
        tokens.TakeIf("least") ? StatusComparison.AtLeast
        : tokens.TakeIf("most") ? StatusComparison.AtMost
        : throw tokens.Unexpected("least or most");

    private StatusTest OneOrSet(StatusComparison op)
    {
        _ = tokens.TakeIf("in");
        return tokens.Here.Is("(") || tokens.Here.Is("{")
            ? new(op, tokens.ExpectSet(tokens.ExpectStatus))
            : new(op, [tokens.ExpectStatus()]);
    }

    private static StatusComparison Order(Comparison op) =>
        op switch
        {
            Comparison.Less => StatusComparison.Less,
            Comparison.AtMost => StatusComparison.AtMost,
            Comparison.AtLeast => StatusComparison.AtLeast,
            Comparison.Greater => StatusComparison.Greater,
            Comparison.Equal => StatusComparison.In,
            _ => StatusComparison.NotIn,
        };
}
