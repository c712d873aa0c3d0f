namespace Torch.Domain.Rules.Text;

/// <summary>Clauses over one observation.</summary>
internal sealed class ObservationClauses(TokenReader tokens)
{
    private const string Operators = "one of < <= = != >= >, between, outside, in, or not in";

    private readonly FieldReader _fields = new(tokens);

    public Condition Read()
    {
        var field = _fields.Read();
        return field.Kind switch
        {
            FieldKind.Text => OverText(field),
            FieldKind.Either => IsBeforeNumber() ? OverNumber(field) : OverText(field),
            _ => OverNumber(field),
        };
    }

    // > 5 | is 5 | between 5 and 6 | in (5.. | not in (5
    private bool IsBeforeNumber()
    {
        if (tokens.Here.Is("between") || tokens.Here.Is("outside"))
            return true;
        var ahead = 0;
        while (tokens.Peek(ahead) is { Kind: TokenKind.Word or TokenKind.Symbol } token && IsOperator(token))
            ahead++;
        return ahead > 0 && tokens.Peek(ahead).Kind == TokenKind.Number;
    }

    private static bool IsOperator(Token token) =>
        token.Text is "<" or "<=" or "=" or "==" or "!=" or ">=" or ">" or "is" or "not" or "in" or "(" or "{";

    private Condition OverNumber(Field field)
    {
        if (tokens.TakeIf("between"))
            return new NumberIn(field, _fields.Ends(Number));
        if (tokens.TakeIf("outside"))
            return new NumberIn(field, _fields.Ends(Number), Negated: true);
        if (tokens.TryComparison() is { } op)
            return new NumberIs(field, op, Number());
        if (tokens.TakeIf("is"))
            return new NumberIs(field, tokens.TakeIf("not") ? Comparison.NotEqual : Comparison.Equal, Number());
        var negated = tokens.TakeIf("not");
        if (!tokens.TakeIf("in"))
            throw tokens.Unexpected(Operators);
        return new NumberIn(field, tokens.ExpectSet(() => _fields.Range(Number)), negated);

        double Number() => _fields.Number(field);
    }

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
}
