using System.Globalization;
using System.Text;

namespace Torch.Domain.Rules.Text;

internal enum TokenKind
{
    Word,
    Number,
    Text,
    Regex,
    Symbol,
    End,
}

/// <param name="Column">From 1.</param>
/// <param name="Text">Unescaped; of a number its unit, empty where it has none.</param>
internal readonly record struct Token(TokenKind Kind, int Column, string Text, double Number = 0)
{
    public bool Is(string text) => Kind is TokenKind.Word or TokenKind.Symbol && Text == text;
}

/// <summary>Cuts a rule's text into tokens.</summary>
internal sealed class Lexer(string text)
{
    private static readonly string[] Symbols =
    [
        "..",
        "<=",
        ">=",
        "!=",
        "==",
        "<",
        ">",
        "=",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        ".",
        "%",
    ];

    private int _at;

    /// <exception cref="ParseException">Something in the text is no token.</exception>
    public static List<Token> Cut(string text)
    {
        var lexer = new Lexer(text);
        var tokens = new List<Token>();
        do tokens.Add(lexer.Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
        if (_at == text.Length)
            return new(TokenKind.End, _at + 1, "");
        var c = text[_at];
        if (char.IsAsciiLetter(c) || c == '_')
            return new(TokenKind.Word, _at + 1, Word());
        if (char.IsAsciiDigit(c) || (c == '-' && char.IsAsciiDigit(Peek(1))))
            return Number();
        return c switch
        {
            '"' => Text(),
            '/' => Regex(),
            _ => Symbol(),
        };
    }

    private char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    // A dot or hyphen belongs to the word where a letter follows: latency.total, as-is.
    private string Word()
    {
        var start = _at;
        while (IsWordPart(Peek(0)) || (Peek(0) is '.' or '-' && char.IsAsciiLetter(Peek(1))))
            _at++;
        return text[start.._at];
    }

    private static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private Token Number()
    {
        var start = _at++;
        Digits();
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            Digits();
        }
        if (
            Peek(0) is 'e' or 'E'
            && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2))))
        )
        {
            _at += 2;
            Digits();
        }
        var number = double.Parse(text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number))
            throw Error(start, "the number is beyond the range of double", "a number between -1.7e308 and 1.7e308");
        var unit = _at;
        while (char.IsAsciiLetter(Peek(0)))
            _at++;
        return new(TokenKind.Number, start + 1, text[unit.._at], number);
    }

    private void Digits()
    {
        while (char.IsAsciiDigit(Peek(0)))
            _at++;
    }

    private Token Text()
    {
        var start = _at++;
        var value = new StringBuilder();
        while (Peek(0) != '"')
        {
            if (_at >= text.Length)
                throw Error(start, "the text does not end", "a closing \"");
            value.Append(text[_at] == '\\' ? Escaped() : text[_at]);
            _at++;
        }
        _at++;
        return new(TokenKind.Text, start + 1, value.ToString());
    }

    private char Escaped() =>
        Peek(1) switch
        {
            'n' when Skip() => '\n',
            'r' when Skip() => '\r',
            't' when Skip() => '\t',
            '"' when Skip() => '"',
            '\\' when Skip() => '\\',
            _ => throw Error(_at, "this escape does not exist", "\\\" \\\\ \\n \\r or \\t"),
        };

    private bool Skip() => ++_at > 0;

    // Only \/ is ours; every other escape belongs to the regular expression.
    private Token Regex()
    {
        var start = _at++;
        var value = new StringBuilder();
        while (Peek(0) != '/')
        {
            if (_at >= text.Length)
                throw Error(start, "the regular expression does not end", "a closing /");
            if (text[_at] == '\\' && Peek(1) != '/' && _at + 1 < text.Length)
                value.Append(text[_at++]);
            else if (text[_at] == '\\')
                _at++;
            if (_at < text.Length)
                value.Append(text[_at++]);
        }
        _at++;
        return new(TokenKind.Regex, start + 1, value.ToString());
    }

    private Token Symbol()
    {
        foreach (var symbol in Symbols)
            if (string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) == 0)
            {
                _at += symbol.Length;
                return new(TokenKind.Symbol, _at - symbol.Length + 1, symbol);
            }
        throw Error(_at, $"\"{text[_at]}\" means nothing here", null);
    }

    private static ParseException Error(int at, string message, string? expected) =>
        new(new(at + 1, message, expected));
}
