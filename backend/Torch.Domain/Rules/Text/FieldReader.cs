using Torch.Text;

namespace Torch.Domain.Rules.Text;

/// <summary>Reads fields, and the numbers that they are compared with.</summary>
internal sealed class FieldReader(TokenReader tokens)
{
    private const string Clause = "a field such as value, latency.total or statusCode, or a clause over children";

    public Field Read()
    {
        var token = tokens.Here;
        if (token.Kind != TokenKind.Word)
            throw tokens.Unexpected(Clause);
        if (!Field.IsKnown(token.Text))
            throw TokenReader.Error(token, $"unknown field \"{token.Text}\"", string.Join(", ", Field.Names));
        tokens.Take();
        return Field.TakesKey(token.Text) ? new(token.Text, Key(token.Text)) : new(token.Text);
    }

    public Field ReadNumeric()
    {
        var token = tokens.Here;
        var field = Read();
        return field.IsNumeric
            ? field
            : throw TokenReader.Error(token, $"{field.Name} is a text", "a field that is a number");
    }

    // Latencies are milliseconds where no unit says otherwise; an age without a unit would be a guess.
    public double Number(Field field) => Number(field.Kind, field.Name == "age");

    public double Number(FieldKind kind, bool needsUnit) =>
        kind == FieldKind.Duration && (needsUnit || tokens.Here is not { Kind: TokenKind.Number, Text: "" })
            ? tokens.ExpectDuration()
            : tokens.ExpectNumber("a number");

    public NumberRange Range(Func<double> number)
    {
        var token = tokens.Here;
        var from = number();
        return tokens.TakeIf("..") ? Checked(token, from, number()) : new(from, from);
    }

    /// <summary>What follows <c>between</c> or <c>outside</c>: <c>5 and 10</c>, or <c>5..10</c>.</summary>
    public ValueList<NumberRange> Ends(Func<double> number)
    {
        var token = tokens.Here;
        var from = number();
        if (!tokens.TakeIf(".."))
            tokens.Expect("and");
        return [Checked(token, from, number())];
    }

    private static NumberRange Checked(Token token, double from, double to) =>
        from <= to ? new(from, to) : throw TokenReader.Error(token, "the range ends before it begins", "from..to");

    private string Key(string name)
    {
        var close = tokens.Here.Is("(") ? ")" : "]";
        if (!tokens.TakeIf("("))
            tokens.Expect("[");
        var token = tokens.Here;
        var key = tokens.ExpectText(name == "metrics" ? "a metric's name in quotes" : $"a {Wanted(name)} in quotes");
        tokens.Expect(close);
        if (key.Length == 0)
            throw TokenReader.Error(token, "the name is empty", $"a {Wanted(name)}");
        return name switch
        {
            "header" => key.ToLowerInvariant(),
            "json" => JsonPath.Read(key)?.ToString()
                ?? throw TokenReader.Error(token, "this is no path", "a path such as \"$.checks[0].status\""),
            _ => key,
        };
    }

    private static string Wanted(string name) =>
        name switch
        {
            "header" => "header's name",
            "json" => "path such as \"$.checks[0].status\"",
            _ => "metric's name",
        };
}
