using System.Globalization;

namespace Torch.Domain.Rules;

/// <summary>A condition, or where and why the text is none.</summary>
/// <param name="Columns">Where each clause begins, from 1, by reference; null for a tree.</param>
public sealed record ParseResult(
    Condition? Condition,
    ParseError? Error,
    IReadOnlyDictionary<Condition, int>? Columns = null
);

/// <param name="Column">From 1.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Expected">What would have been accepted there.</param>
public sealed record ParseError(int Column, string Message, string? Expected)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"column {Column}: {Message}")
        + (Expected is null ? "" : $"; expected {Expected}");
}

/// <summary>Ends parsing; never leaves this folder.</summary>
internal sealed class ParseException(ParseError error) : Exception(error.ToString())
{
    public ParseError Error => error;
}
