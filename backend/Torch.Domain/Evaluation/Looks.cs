using System.Globalization;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Rules.Text;

namespace Torch.Domain.Evaluation;

/// <summary>
/// What a clause saw at a moment, and no longer changes. Its words are made when somebody reads them: most transitions are written once
/// and explained never.
/// </summary>
internal abstract class Look
{
    /// <summary>The clause.</summary>
    public abstract string Text { get; }

    /// <summary>What it saw, for people; null where there was nothing.</summary>
    public abstract string? Actual { get; }

    /// <summary>As the second half of a sentence: subject, verb, fact.</summary>
    public abstract string Phrase { get; }
}

/// <summary>A look with what came of it.</summary>
/// <param name="Result">Null where the clause was not reached.</param>
internal readonly record struct LookedAt(Look Look, bool? Result)
{
    public ClauseValue Value => new(Look.Text, Look.Actual, Result);
}

/// <summary>A clause that had to hold for several observations.</summary>
internal sealed class HeldLook(Look look, int streak, int checks) : Look
{
    public override string Text => look.Text;

    public override string Actual =>
        string.Create(CultureInfo.InvariantCulture, $"{look.Actual ?? "no value"} ({streak} of {checks} checks)");

    public override string Phrase => look.Phrase;
}

/// <summary>A clause whose words were as quick to say as to keep.</summary>
internal sealed class SaidLook(string text, string? actual, string phrase) : Look
{
    public override string Text => text;

    public override string? Actual => actual;

    public override string Phrase => phrase;
}

/// <summary>Children that were counted.</summary>
/// <param name="names">The first that made it so.</param>
internal sealed class CountedLook(
    CountingClause clause,
    (int Matching, int Total) count,
    (decimal Matching, decimal Total) weight,
    string[] names
) : Look
{
    public override string Text => clause.Text;

    public override string Actual =>
        clause.Weighs
            ? string.Create(CultureInfo.InvariantCulture, $"{weight.Matching:0.####} of {weight.Total:0.####}")
            : string.Create(CultureInfo.InvariantCulture, $"{count.Matching} of {count.Total}");

    public override string Phrase
    {
        get
        {
            var number = clause.SpeaksOfTheOthers ? count.Total - count.Matching : count.Matching;
            return Sentences.Counted(Subject(), count.Matching, clause.Fact) + Sentences.Names(names, number);
        }
    }

    private string Remaining => clause.IsOfRemaining ? "remaining " : "";

    private string Subject()
    {
        var where = clause.Where ?? (count.Total == 1 ? "that counts" : "that count");
        return clause.Weighs
            ? $"{Remaining}children of weight {Actual} {where}"
            : $"{Actual} {Remaining}{(count.Total == 1 ? "child" : "children")} {where}";
    }
}

/// <summary>A statistic of several observations.</summary>
/// <param name="number">Null where none of them has the field.</param>
/// <param name="count">How many observations there were.</param>
internal sealed class StatisticLook(string text, Condition clause, Statistic of, double? number, int count) : Look
{
    public override string Text => text;

    public override string? Actual =>
        number is null ? null
        : of.Function is "change" || (of.Over ?? (object?)of.Last) is null ? Value(number.Value)
        : string.Create(CultureInfo.InvariantCulture, $"{Value(number.Value)} of {count}");

    public override string Phrase =>
        $"{Printer.Statistic(of)} is {Value(number ?? 0)}, which is "
        + clause switch
        {
            StatisticIs c => $"{Printer.Symbol(c.Op)} {Value(c.Value)}",
            StatisticIn c => (c.Negated ? "not in " : "in ")
                + string.Join(", ", c.Ranges.Select(r => Printer.Range(of, r))),
            _ => text,
        };

    private string Value(double value) => Sentences.Value(of.Kind, value) + (of.InPercent ? " %" : "");
}

/// <summary>An observation.</summary>
/// <param name="number">The field's value; null where there is none.</param>
internal sealed class ObservedLook(string text, Condition clause, IEvent observation, double? number) : Look
{
    public override string Text => text;

    public override string? Actual =>
        clause switch
        {
            NumberIs c => number is { } n ? Sentences.Value(c.Field, n) : null,
            NumberIn c => number is { } n ? Sentences.Value(c.Field, n) : null,
            TextIs c => Short(Readings.Text(observation, c.Field)),
            TextIn c => Short(Readings.Text(observation, c.Field)),
            TextContains c => Short(Readings.Text(observation, c.Field)),
            TextMatches c => Short(Readings.Text(observation, c.Field)),
            _ => null,
        };

    public override string Phrase =>
        clause switch
        {
            NumberIs { Op: Comparison.Equal } c => $"{Printer.Name(c.Field)} is {Actual}",
            NumberIs c =>
                $"{Printer.Name(c.Field)} is {Actual}, which is {Printer.Symbol(c.Op)} {Sentences.Value(c.Field, c.Value)}",
            NumberIn c => $"{Printer.Name(c.Field)} is {Actual}, which is {(c.Negated ? "not in" : "in")} "
                + string.Join(", ", c.Ranges.Select(r => Printer.Range(c.Field, r))),
            _ => text,
        };

    private static string? Short(string? text) => text is { Length: > 120 } ? text[..120] + "…" : text;
}
