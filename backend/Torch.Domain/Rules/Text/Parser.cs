using Torch.Domain.Statuses;

namespace Torch.Domain.Rules.Text;

/// <summary>Reads conditions by recursive descent: or, and, not, then clauses.</summary>
internal sealed class Parser
{
    private const int MaxDepth = 64;

    private readonly TokenReader _tokens;
    private readonly ObservationClauses _observation;
    private readonly ChildClauses _children;
    private readonly StatisticClauses _statistics;
    private readonly TimeClauses _times;
    private readonly Dictionary<Condition, int> _columns = new(ReferenceEqualityComparer.Instance);
    private int _depth;
    private bool _inRule;

    private Parser(string text, StatusCatalog statuses)
    {
        _tokens = new(Lexer.Cut(text), statuses);
        _observation = new(_tokens);
        _children = new(_tokens);
        _statistics = new(_tokens, Either);
        _times = new(_tokens);
    }

    /// <exception cref="ParseException">The text is not a condition.</exception>
    public static (Condition Condition, IReadOnlyDictionary<Condition, int> Columns) Parse(
        string text,
        StatusCatalog statuses
    )
    {
        var parser = new Parser(text, statuses);
        var condition = parser.Either();
        return parser._tokens.Here.Kind == TokenKind.End
            ? (condition, parser._columns)
            : throw parser._tokens.Unexpected("and, or, or the end");
    }

    /// <summary>A whole rule: <c>when value > 80, 3 times in a row, for 5m then degraded as "slow"</c>.</summary>
    /// <exception cref="ParseException">The text is not a rule.</exception>
    public static Rule ParseRule(string text, StatusCatalog statuses)
    {
        var parser = new Parser(text, statuses) { _inRule = true };
        var tokens = parser._tokens;
        tokens.Expect("when");
        var condition = parser.Either();
        var attempts = parser.InARow();
        TimeSpan? lasting = tokens.TakeIf("for") ? TimeSpan.FromMilliseconds(tokens.ExpectDuration()) : null;
        tokens.Expect("then");
        var then = tokens.ExpectStatus();
        var name = tokens.TakeIf("as") ? tokens.ExpectText("the rule's name in quotes") : null;
        return tokens.Here.Kind == TokenKind.End
            ? new Rule(condition, then, attempts, lasting, name)
            : throw tokens.Unexpected("as \"name\", or the end");
    }

    // ", 3 times in a row,": the second comma stands before what follows.
    private int InARow()
    {
        if (!_tokens.TakeIf(","))
            return 1;
        var attempts = _tokens.ExpectWhole(1, 100, "how many times in a row, from 1 to 100");
        foreach (var word in (string[])["times", "in", "a", "row"])
            _tokens.Expect(word);
        _ = _tokens.TakeIf(",");
        return attempts;
    }

    private Condition Either()
    {
        var terms = new List<Condition> { Both() };
        while (_tokens.TakeIf("or"))
            terms.Add(Both());
        return terms.Count == 1 ? terms[0] : new Or(new(terms));
    }

    private Condition Both()
    {
        var terms = new List<Condition> { Single() };
        while (_tokens.TakeIf("and"))
            terms.Add(Single());
        return terms.Count == 1 ? terms[0] : new And(new(terms));
    }

    private Condition Single()
    {
        if (++_depth > MaxDepth)
            throw TokenReader.Error(_tokens.Here, "the rule is nested more than 64 deep", null);
        var condition = _tokens.TakeIf("not") ? new Not(Single()) : Held(Term());
        _depth--;
        return condition;
    }

    private Condition Term()
    {
        var column = _tokens.Here.Column;
        if (!_tokens.TakeIf("("))
        {
            var clause = Clause();
            _columns[clause] = column;
            return clause;
        }
        var inner = Either();
        _tokens.Expect(")");
        return inner;
    }

    private Condition Clause() =>
        _statistics.TryRead() ?? _children.TryRead() ?? _times.TryRead() ?? _observation.Read();

    private Condition Held(Condition term)
    {
        if (_inRule && _tokens.Here.Is("for") && _tokens.Peek(1) is { Kind: TokenKind.Number, Text.Length: > 0 })
            return term;
        if (!_tokens.TakeIf("for"))
            return term;
        var checks = _tokens.ExpectWhole(
            1,
            100,
            "a number of checks from 1 to 100; a duration belongs in the rule's \"for\""
        );
        if (!_tokens.TakeIf("checks") && !_tokens.TakeIf("check"))
            throw _tokens.Unexpected("checks");
        return new HeldFor(term, checks);
    }
}
