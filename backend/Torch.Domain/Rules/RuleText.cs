using System.Globalization;
using System.Text;
using Torch.Domain.Rules.Text;
using Torch.Domain.Statuses;

namespace Torch.Domain.Rules;

/// <summary>The text form of conditions, which reads like a sentence. The grammar is small: or, and, not, parentheses, clauses.</summary>
public static class RuleText
{
    /// <summary>In bytes of UTF-8.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>Reads a condition. Its canonical text, which is what the log keeps, must not be too long either.</summary>
    /// <param name="statuses">The statuses that it may name; the built-in ones where absent.</param>
    public static ParseResult Parse(string text, StatusCatalog? statuses = null)
    {
        var read = IsTooLong(text) ? TooLong : Read(text, statuses);
        return read.Condition is { } condition && IsTooLong(Print(condition)) ? TooLong : read;
    }

    /// <summary>Reads a condition that was written before, however long it is.</summary>
    /// <inheritdoc cref="Parse"/>
    public static ParseResult Read(string text, StatusCatalog? statuses = null)
    {
        try
        {
            var (condition, columns) = Parser.Parse(text, statuses ?? StatusCatalog.BuiltIn);
            return new(condition, null, columns);
        }
        catch (ParseException exception)
        {
            return new(null, exception.Error);
        }
    }

    /// <summary>Whether a condition's text is longer than a rule may be.</summary>
    public static bool IsTooLong(string text) => Encoding.UTF8.GetByteCount(text) > MaxBytes;

    private static ParseResult TooLong => new(null, new(1, "the rule is over 16 KB", "a shorter rule"));

    /// <summary>Reads a whole rule, as <see cref="Sentence"/> writes it, with <c>as "name"</c> at its end where it has one.</summary>
    /// <param name="statuses">The statuses that it may name; the built-in ones where absent.</param>
    public static (Rule? Rule, ParseError? Error) ParseRule(string text, StatusCatalog? statuses = null)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
            return (null, new(1, "the rule is over 16 KB", "a shorter rule"));
        try
        {
            var rule = Parser.ParseRule(text, statuses ?? StatusCatalog.BuiltIn);
            return IsTooLong(Print(rule.When)) ? (null, TooLong.Error) : (rule, null);
        }
        catch (ParseException exception)
        {
            return (null, exception.Error);
        }
    }

    /// <summary>Writes a condition in its canonical text, which <see cref="Parse"/> reads back to an equal tree.</summary>
    public static string Print(Condition condition) => Printer.Print(condition);

    /// <summary>The whole rule as a sentence: <c>when value > 80 for 5m then degraded</c>.</summary>
    public static string Sentence(Rule rule)
    {
        var attempts =
            rule.Attempts > 1 ? string.Create(CultureInfo.InvariantCulture, $", {rule.Attempts} times in a row,") : "";
        var lasting = rule.For is { } span ? $" for {Durations.Print(span.TotalMilliseconds)}" : "";
        return $"when {Print(rule.When)}{attempts}{lasting} then {rule.Then}";
    }
}
