using Torch.Domain.Statuses;

namespace Torch.Domain.Rules.Text;

/// <summary>Walks over tokens, and says what it had expected where it stumbles.</summary>
internal sealed class TokenReader(List<Token> tokens, StatusCatalog statuses)
{
    private int _at;

    public Token Here => tokens[_at];

    public Token Peek(int ahead) => tokens[Math.Min(_at + ahead, tokens.Count - 1)];

    public Token Take() => Here.Kind == TokenKind.End ? tokens[^1] : tokens[_at++];

    public bool TakeIf(string text)
    {
        if (!Here.Is(text))
            return false;
        _at++;
        return true;
    }

    public void Expect(string text)
    {
        if (!TakeIf(text))
            throw Unexpected($"\"{text}\"");
    }

    public string ExpectText(string expected) => Here.Kind == TokenKind.Text ? Take().Text : throw Unexpected(expected);

    public string ExpectTextOrWord(string expected) =>
        Here.Kind is TokenKind.Text or TokenKind.Word ? Take().Text : throw Unexpected(expected);

    /// <summary>A number without a unit.</summary>
    public double ExpectNumber(string expected)
    {
        if (Here.Kind != TokenKind.Number)
            throw Unexpected(expected);
        if (Here.Text.Length > 0)
            throw Error(Here, $"the unit \"{Here.Text}\" does not belong here", expected);
        return Take().Number;
    }

    public int ExpectWhole(int from, int to, string expected)
    {
        var token = Here;
        var number = ExpectNumber(expected);
        return number >= from && number <= to && number == Math.Truncate(number)
            ? (int)number
            : throw Error(token, "the number is out of range", expected);
    }

    public double ExpectDuration()
    {
        const string expected = "a duration such as 500ms, 30s, 5m, 2h or 1d";
        if (Here.Kind != TokenKind.Number)
            throw Unexpected(expected);
        return Durations.Milliseconds(Here.Number, Here.Text) is { } milliseconds
            ? (Take(), milliseconds).milliseconds
            : throw Error(
                Here,
                Here.Text.Length == 0 ? "the unit is missing" : $"unknown unit \"{Here.Text}\"",
                expected
            );
    }

    public string ExpectStatus()
    {
        if (Here.Kind is not (TokenKind.Word or TokenKind.Text))
            throw Unexpected("a status");
        return statuses.Find(Here.Text) is not null
            ? Take().Text
            : throw Error(Here, $"unknown status \"{Here.Text}\"", string.Join(", ", statuses.All.Select(s => s.Name)));
    }

    public string ExpectRegex()
    {
        if (Here.Kind is not (TokenKind.Regex or TokenKind.Text))
            throw Unexpected("a regular expression between slashes");
        return Regexes.Problem(Here.Text) is { } problem
            ? throw Error(Here, problem, "a regular expression that the non-backtracking engine takes")
            : Regexes.Normalise(Take().Text);
    }

    public Comparison ExpectComparison() => TryComparison() ?? throw Unexpected("one of < <= = != >= >");

    public Comparison? TryComparison()
    {
        Comparison? op =
            Here.Kind != TokenKind.Symbol
                ? null
                : Here.Text switch
                {
                    "<" => Comparison.Less,
                    "<=" => Comparison.AtMost,
                    "=" or "==" => Comparison.Equal,
                    "!=" => Comparison.NotEqual,
                    ">=" => Comparison.AtLeast,
                    ">" => Comparison.Greater,
                    _ => null,
                };
        if (op is not null)
            _at++;
        return op;
    }

    /// <summary>Items between <c>( )</c> or <c>{ }</c>, at least one.</summary>
    public ValueList<T> ExpectSet<T>(Func<T> item)
    {
        var close = Here.Is("{") ? "}" : ")";
        if (!TakeIf("{"))
            Expect("(");
        if (Here.Is(close))
            throw Error(Here, "the set is empty", "at least one item");
        var items = new List<T>();
        do items.Add(item());
        while (TakeIf(","));
        Expect(close);
        return new(items);
    }

    public ParseException Unexpected(string expected) =>
        Error(
            Here,
            Here.Kind == TokenKind.End ? "the rule ends here" : $"{Describe(Here)} does not belong here",
            expected
        );

    public static ParseException Error(Token token, string message, string? expected) =>
        new(new(token.Column, message, expected));

    private static string Describe(Token token) =>
        token.Kind switch
        {
            TokenKind.Number => Durations.Number(token.Number) + token.Text,
            TokenKind.Regex => "the regular expression",
            _ => $"\"{token.Text}\"",
        };
}
