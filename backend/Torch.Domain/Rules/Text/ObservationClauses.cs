namespace Torch.Domain.Rules.Text;

/// <summary>Clauses over one observation, and over several of the same check.</summary>
internal sealed class ObservationClauses(TokenReader tokens)
{
    private const string Clause = "a field such as value, latency.total or statusCode, or a clause over children";

    private static readonly string[] Functions = ["avg", "min", "max", "p50", "p95", "p99"];

    public Condition Read()
    {
        if (tokens.Here.Is("hour"))
            return Hour();
        if (tokens.Here.Kind == TokenKind.Word && tokens.Ahead.Is("(") && Functions.Contains(tokens.Here.Text))
            return Window();
        var field = ReadField();
        return field.Kind == FieldKind.Text ? OverText(field) : OverNumber(field);
    }

    /// <summary><c>count(failed, last 5) >= 3</c>, after its opening parenthesis.</summary>
    public static Condition Failed(TokenReader tokens)
    {
        tokens.Expect("failed");
        tokens.Expect(",");
        tokens.Expect("last");
        var last = tokens.ExpectWhole(1, 64, "a number of observations from 1 to 64");
        tokens.Expect(")");
        return new FailedOfLast(
            last,
            tokens.ExpectComparison(),
            tokens.ExpectWhole(0, last, $"a number from 0 to {last}")
        );
    }

    private Field ReadField()
    {
        var token = tokens.Here;
        if (token.Kind != TokenKind.Word)
            throw tokens.Unexpected(Clause);
        if (!Field.IsKnown(token.Text))
            throw TokenReader.Error(token, $"unknown field \"{token.Text}\"", string.Join(", ", Field.Names));
        tokens.Take();
        return token.Text == "metrics" ? new(token.Text, Key()) : new(token.Text);
    }

    private string Key()
    {
        tokens.Expect("[");
        var key = tokens.ExpectText("a metric's name in quotes");
        tokens.Expect("]");
        return key;
    }

    private Condition OverNumber(Field field)
    {
        if (tokens.TryComparison() is { } op)
            return new NumberIs(field, op, Number(field));
        var negated = tokens.TakeIf("not");
        if (!tokens.TakeIf("in"))
            throw tokens.Unexpected("one of < <= = != >= >, in, or not in");
        return new NumberIn(field, tokens.ExpectSet(() => Range(field)), negated);
    }

    private NumberRange Range(Field field)
    {
        var token = tokens.Here;
        var from = Number(field);
        var to = tokens.TakeIf("..") ? Number(field) : from;
        return from <= to
            ? new(from, to)
            : throw TokenReader.Error(token, "the range ends before it begins", "from..to");
    }

    // Latencies are milliseconds where no unit says otherwise; an age without a unit would be a guess.
    private double Number(Field field) =>
        field.Kind == FieldKind.Duration
        && (field.Name == "age" || tokens.Here is not { Kind: TokenKind.Number, Text: "" })
            ? tokens.ExpectDuration()
            : tokens.ExpectNumber("a number");

    private Condition OverText(Field field)
    {
        var negated = tokens.TakeIf("not");
        if (tokens.TakeIf("in"))
            return new TextIn(field, tokens.ExpectSet(() => tokens.ExpectTextOrWord("a text in quotes")), negated);
        if (tokens.TakeIf("contains"))
            return new TextContains(field, tokens.ExpectText("a text in quotes"), negated);
        if (tokens.TakeIf("matches"))
            return new TextMatches(field, tokens.ExpectRegex(), negated);
        if (!negated && tokens.TakeIf("is"))
            return Is(field, tokens.TakeIf("not"));
        if (!negated && (tokens.Here.Is("=") || tokens.Here.Is("==") || tokens.Here.Is("!=")))
            return Is(field, tokens.Take().Text == "!=");
        throw tokens.Unexpected("is, =, !=, in, contains or matches");
    }

    private TextIs Is(Field field, bool negated) => new(field, tokens.ExpectTextOrWord("a text in quotes"), negated);

    private Windowed Window()
    {
        var function = tokens.Take().Text;
        tokens.Expect("(");
        var token = tokens.Here;
        var field = ReadField();
        if (field.Kind == FieldKind.Text)
            throw TokenReader.Error(token, $"{field.Name} is a text", "a field that is a number");
        tokens.Expect(",");
        token = tokens.Here;
        var over = tokens.ExpectDuration();
        if (over is < 1_000 or > 86_400_000)
            throw TokenReader.Error(token, "the window is out of range", "from 1s to 1d");
        tokens.Expect(")");
        return new(function, field, TimeSpan.FromMilliseconds(over), tokens.ExpectComparison(), Number(field));
    }

    private HourIn Hour()
    {
        tokens.Take();
        var negated = tokens.TakeIf("not");
        tokens.Expect("in");
        var from = tokens.ExpectWhole(0, 23, "an hour from 0 to 23");
        tokens.Expect("..");
        return new(from, tokens.ExpectWhole(0, 23, "an hour from 0 to 23"), negated);
    }
}
