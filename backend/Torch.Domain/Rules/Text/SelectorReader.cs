namespace Torch.Domain.Rules.Text;

/// <summary>Reads which children are meant: <c>tag = "db" and (name matches /^eu-/ or type is http)</c>.</summary>
internal sealed class SelectorReader(TokenReader tokens)
{
    private const int MaxDepth = 64;

    private int _depth;

    public Selector Read()
    {
        var terms = new List<Selector> { Both() };
        while (tokens.TakeIf("or"))
            terms.Add(Both());
        return terms.Count == 1 ? terms[0] : new SelectorOr(new(terms));
    }

    private Selector Both()
    {
        var terms = new List<Selector> { Single() };
        while (tokens.TakeIf("and"))
            terms.Add(Single());
        return terms.Count == 1 ? terms[0] : new SelectorAnd(new(terms));
    }

    private Selector Single()
    {
        if (++_depth > MaxDepth)
            throw TokenReader.Error(tokens.Here, "the selector is nested more than 64 deep", null);
        var selector =
            tokens.TakeIf("not") ? new SelectorNot(Single())
            : tokens.TakeIf("(") ? Inside()
            : Term();
        _depth--;
        return selector;
    }

    private Selector Inside()
    {
        var inner = Read();
        tokens.Expect(")");
        return inner;
    }

    private SelectorTerm Term()
    {
        var key = tokens.Here switch
        {
            { Kind: TokenKind.Word, Text: "tag" } => SelectorKey.Tag,
            { Kind: TokenKind.Word, Text: "name" } => SelectorKey.Name,
            { Kind: TokenKind.Word, Text: "type" } => SelectorKey.Type,
            _ => throw tokens.Unexpected("tag, name, type or status"),
        };
        tokens.Take();
        if (tokens.TakeIf("matches"))
            return new(key, SelectorOp.Matches, tokens.ExpectRegex());
        if (tokens.TakeIf("is"))
            return new(key, tokens.TakeIf("not") ? SelectorOp.IsNot : SelectorOp.Is, Wanted(key));
        var op = tokens.TryComparison() switch
        {
            Comparison.Equal => SelectorOp.Is,
            Comparison.NotEqual => SelectorOp.IsNot,
            _ => throw tokens.Unexpected("=, !=, is or matches"),
        };
        return new(key, op, Wanted(key));
    }

    private string Wanted(SelectorKey key)
    {
        var token = tokens.Here;
        var text = tokens.ExpectTextOrWord("a text in quotes");
        return key != SelectorKey.Type || Types.Contains(text)
            ? text
            : throw TokenReader.Error(token, $"unknown type \"{text}\"", string.Join(", ", Types));
    }

    // As the evaluator calls a node's type.
    private static readonly string[] Types =
    [
        "group",
        .. Enum.GetNames<Checks.CheckKind>().Select(k => k.ToLowerInvariant()),
    ];
}
