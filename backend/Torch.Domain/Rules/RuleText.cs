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

    /// <summary>Reads a condition.</summary>
    /// <param name="statuses">The statuses that it may name; the built-in ones where absent.</param>
    public static ParseResult Parse(string text, StatusCatalog? statuses = null)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
            return new(null, new(1, "the rule is over 16 KB", "a shorter rule"));
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

    /// <summary>Reads a whole rule, as <see cref="Sentence"/> writes it, with <c>as "name"</c> at its end where it has one.</summary>
    /// <param name="statuses">The statuses that it may name; the built-in ones where absent.</param>
    public static (Rule? Rule, ParseError? Error) ParseRule(string text, StatusCatalog? statuses = null)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
            return (null, new(1, "the rule is over 16 KB", "a shorter rule"));
        try
        {
            return (Parser.ParseRule(text, statuses ?? StatusCatalog.BuiltIn), null);
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
