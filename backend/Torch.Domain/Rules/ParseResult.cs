using System.Globalization;

namespace Torch.Domain.Rules;

/// <summary>A condition, or where and why the text is none.</summary>
/// <param name="Columns">Where each clause begins, from 1, by reference; null for a tree.</param>
/// <param name="Pointers">Where each clause stands in a tree, as a JSON pointer, by reference; null for a text.</param>
public sealed record ParseResult(
    Condition? Condition,
    ParseError? Error,
    IReadOnlyDictionary<Condition, int>? Columns = null,
    IReadOnlyDictionary<Condition, string>? Pointers = null
);

/// <param name="Column">From 1.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Expected">What would have been accepted there.</param>
/// <param name="Pointer">In a tree, the JSON pointer to what is wrong; the column is then one of that text.</param>
public sealed record ParseError(int Column, string Message, string? Expected, string? Pointer = null)
{
    public override string ToString() =>
        (Pointer is null or "" ? "" : Pointer + ": ")
        + string.Create(CultureInfo.InvariantCulture, $"column {Column}: {Message}")
        + (Expected is null ? "" : $"; expected {Expected}");
}

/// <summary>Ends parsing; never leaves this folder.</summary>
internal sealed class ParseException(ParseError error) : Exception(error.ToString())
{
    public ParseError Error => error;
}
