using System.Globalization;
using Torch.Domain.Schedules;

namespace Torch.Domain.Rules.Text;

/// <summary>Writes a condition so that the parser reads the same tree back.</summary>
internal static class Printer
{
    public static string Print(Condition condition) =>
        condition switch
        {
            And and => string.Join(" and ", and.Terms.Select(t => Wrapped(t, t is And or Or))),
            Or or => string.Join(" or ", or.Terms.Select(t => Wrapped(t, t is Or))),
            Not not => "not " + Wrapped(not.Term, not.Term is And or Or),
            HeldFor held => Wrapped(held.Term, held.Term is And or Or or Not or HeldFor) + Checks(held.Checks),
            NumberIs c => $"{Name(c.Field)} {Symbol(c.Op)} {Number(c.Field, c.Value)}",
            NumberIn c => $"{Name(c.Field)} {In(c.Negated)} ({Join(c.Ranges, r => Range(c.Field, r))})",
            TextIs c => $"{Name(c.Field)} {Is(c)}",
            TextIn c => $"{Name(c.Field)} {In(c.Negated)} ({Join(c.Texts, Quoted)})",
            TextContains c => $"{Name(c.Field)} {No(c.Negated)}contains {Quoted(c.Text)}",
            TextMatches c => $"{Name(c.Field)} {No(c.Negated)}matches {Slashed(c.Pattern)}",
            FailedOfLast c => Invariant($"count(failed, last {c.Last}) {Symbol(c.Op)} {c.Limit}"),
            MatchedOfLast c => Invariant($"count({Print(c.Term)}, last {c.Last}) {Symbol(c.Op)} {c.Limit}"),
            StatisticIs c => $"{Statistic(c.Of)} {Symbol(c.Op)} {Number(c.Of, c.Value)}",
            StatisticIn c => $"{Statistic(c.Of)} {In(c.Negated)} ({Join(c.Ranges, r => Range(c.Of, r))})",
            HourIn c => Invariant($"hour {In(c.Negated)} {c.From}..{c.To}"),
            DayIn c => $"day {In(c.Negated)} ({Join(c.Days, d => ScheduleSpan.DayNames[(int)d])})",
            During c => $"during {Quoted(c.Schedule.ToString())}",
            Children c => Quantified(c),
            NamedChild c => $"child({Quoted(c.Name)}) {Verb(c.Test, "is")}",
            Aggregate c => Counted(c),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "a condition without a text form"),
        };

    public static string Symbol(Comparison op) =>
        op switch
        {
            Comparison.Less => "<",
            Comparison.AtMost => "<=",
            Comparison.Equal => "=",
            Comparison.NotEqual => "!=",
            Comparison.AtLeast => ">=",
            _ => ">",
        };

    public static string Number(Field field, double value) => Number(field.Kind, value);

    public static string Range(Field field, NumberRange range) => Range(range, n => Number(field, n));

    /// <summary><c>avg(value, 5m)</c>.</summary>
    public static string Statistic(Statistic of)
    {
        var span = of switch
        {
            { Over: { } over } => ", " + Durations.Print(over.TotalMilliseconds),
            { Last: { } last } => Invariant($", last {last}"),
            _ => "",
        };
        return $"{of.Function}({Name(of.Field)}{span})";
    }

    public static string Number(Statistic of, double value) => Number(of.Kind, value) + (of.InPercent ? "%" : "");

    public static string Range(Statistic of, NumberRange range) => Range(range, n => Number(of, n));

    private static string Number(FieldKind kind, double value) =>
        kind == FieldKind.Duration ? Durations.Print(value) : Durations.Number(value);

    private static string Range(NumberRange range, Func<double, string> number) =>
        range.From == range.To ? number(range.From) : $"{number(range.From)}..{number(range.To)}";

    public static string Name(Field field) => field.Key is null ? field.Name : $"{field.Name}[{Quoted(field.Key)}]";

    public static string Quoted(string text) =>
        '"'
        + text.Replace("\\", "\\\\")
            .Replace("\"", "\\\"")
            .Replace("\n", "\\n")
            .Replace("\r", "\\r")
            .Replace("\t", "\\t")
        + '"';

    /// <summary>What stands after <c>where</c>; empty where there is nothing to choose by.</summary>
    public static string Where(Selector chosen) =>
        chosen switch
        {
            AllChildren => "",
            RemainingChildren remaining => Where(remaining.Among),
            SelectorAnd and => string.Join(" and ", and.Terms.Select(Inner)),
            SelectorOr or => $"({string.Join(" or ", or.Terms.Select(Inner))})",
            SelectorNot not => "not " + Inner(not.Term),
            _ => Term((SelectorTerm)chosen),
        };

    private static string Inner(Selector chosen) => chosen is SelectorAnd ? $"({Where(chosen)})" : Where(chosen);

    /// <summary><c>is down</c>, <c>>= critical</c>, <c>in (critical, down)</c>.</summary>
    public static string Verb(StatusTest test, string verb) =>
        test switch
        {
            { Op: StatusComparison.In, Statuses: [var one] } => $"{verb} {one}",
            { Op: StatusComparison.NotIn, Statuses: [var one] } => $"{verb} not {one}",
            { Op: StatusComparison.In } => $"in ({string.Join(", ", test.Statuses)})",
            { Op: StatusComparison.NotIn } => $"not in ({string.Join(", ", test.Statuses)})",
            { Op: StatusComparison.Less } => "< " + test.Statuses[0],
            { Op: StatusComparison.AtMost } => "<= " + test.Statuses[0],
            { Op: StatusComparison.AtLeast } => ">= " + test.Statuses[0],
            _ => "> " + test.Statuses[0],
        };

    private static string Quantified(Children c)
    {
        var (who, verb) = c.Quantifier switch
        {
            Quantifier.Any => ($"any {Remaining(c.Chosen)}child", "is"),
            Quantifier.All => ($"all {Remaining(c.Chosen)}children", "are"),
            _ => ($"no {Remaining(c.Chosen)}child", "is"),
        };
        var where = Where(c.Chosen) is { Length: > 0 } chosen ? $" where {chosen}" : "";
        return $"{who}{where} {Verb(c.Test, verb)}";
    }

    private static string Counted(Aggregate c)
    {
        var measure = c.Measure switch
        {
            Measure.Count => "count",
            Measure.Percent => "percent",
            _ => "weight",
        };
        var where = Where(c.Chosen) is { Length: > 0 } chosen ? $"{chosen}: " : "";
        return $"{measure}({Remaining(c.Chosen)}children where {where}status {Verb(c.Test, "is")}) {Symbol(c.Op)} "
            + c.Limit.ToString(CultureInfo.InvariantCulture);
    }

    private static string Remaining(Selector chosen) => chosen is RemainingChildren ? "remaining " : "";

    private static string Term(SelectorTerm term)
    {
        var key = term.Key switch
        {
            SelectorKey.Tag => "tag",
            SelectorKey.Name => "name",
            _ => "type",
        };
        return term.Op switch
        {
            SelectorOp.Is => $"{key} = {Quoted(term.Text)}",
            SelectorOp.IsNot => $"{key} != {Quoted(term.Text)}",
            _ => $"{key} matches {Slashed(term.Text)}",
        };
    }

    private static string Is(TextIs c)
    {
        var not = c.Negated ? "not " : "";
        return IsWord(c.Text) ? $"is {not}{c.Text}" : $"{(c.Negated ? "!=" : "=")} {Quoted(c.Text)}";
    }

    private static bool IsWord(string text) =>
        text.Length > 0
        && text != "not"
        && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string Slashed(string pattern) => '/' + pattern.Replace("/", "\\/") + '/';

    private static string Wrapped(Condition term, bool parentheses) => parentheses ? $"({Print(term)})" : Print(term);

    private static string Checks(int n) => Invariant($" for {n} {(n == 1 ? "check" : "checks")}");

    private static string In(bool negated) => negated ? "not in" : "in";

    private static string No(bool negated) => negated ? "not " : "";

    private static string Join<T>(ValueList<T> items, Func<T, string> print) => string.Join(", ", items.Select(print));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
