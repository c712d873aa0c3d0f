using System.Globalization;
using System.Runtime.InteropServices;
using Torch.Domain.Rules.Text;
using Torch.Domain.Statuses;

namespace Torch.Domain.Rules;

/// <summary>Conditions that nothing can ever meet: they are mistakes, and would sit in a rule set as if they watched something.</summary>
internal static class Contradictions
{
    /// <summary>Each clause that cannot hold, alone or beside those that it is joined with by "and".</summary>
    public static IEnumerable<(Condition Clause, string Message, string? Expected)> In(
        Condition condition,
        StatusCatalog statuses
    )
    {
        foreach (var terms in Conjunctions(condition))
        foreach (var found in Among(terms))
            yield return found;
        foreach (var clause in Clauses(condition))
            if (Alone(clause, statuses) is { } problem)
                yield return (clause, problem.Message, problem.Expected);
    }

    /// <summary>A condition's clauses, in the order of its text.</summary>
    public static IEnumerable<Condition> Clauses(Condition condition) =>
        condition switch
        {
            And and => and.Terms.SelectMany(Clauses),
            Or or => or.Terms.SelectMany(Clauses),
            Not not => Clauses(not.Term),
            HeldFor held => Clauses(held.Term),
            _ => [condition],
        };

    // What must hold together: the terms of each "and", with those of an "and" inside it.
    private static IEnumerable<List<Condition>> Conjunctions(Condition condition) =>
        condition switch
        {
            And and => and.Terms.Where(t => t is not And).SelectMany(Inside).Prepend([.. Together(and)]),
            _ => Inside(condition).Prepend([condition]),
        };

    private static IEnumerable<List<Condition>> Inside(Condition condition) =>
        condition switch
        {
            And => Conjunctions(condition),
            Or or => or.Terms.SelectMany(Conjunctions),
            Not not => Conjunctions(not.Term),
            HeldFor { Term: And or Or or Not } held => Conjunctions(held.Term),
            MatchedOfLast counted => Conjunctions(counted.Term),
            _ => [],
        };

    private static IEnumerable<Condition> Together(Condition condition) =>
        condition switch
        {
            And and => and.Terms.SelectMany(Together),
            HeldFor held => Together(held.Term),
            _ => [condition],
        };

    private static IEnumerable<(Condition, string, string?)> Among(List<Condition> terms)
    {
        var numbers = new Dictionary<string, List<Span>>(StringComparer.Ordinal);
        var texts = new Dictionary<Field, HashSet<string>>();
        foreach (var term in terms)
        {
            if (Numbers(term) is { } n && !numbers.TryAdd(n.Of, n.Spans))
                numbers[n.Of] = Both(numbers[n.Of], n.Spans);
            if (Numbers(term) is { } number && numbers[number.Of].Count == 0)
                yield return (term, $"{number.Of} can never be so{Beside(terms)}", Possible(term));
            if (Texts(term) is not { } text)
                continue;
            if (!texts.TryAdd(text.Of, [.. text.Words]))
                texts[text.Of].IntersectWith(text.Words);
            if (texts[text.Of].Count == 0)
                yield return (
                    term,
                    $"{Printer.Name(text.Of)} can never be so{Beside(terms)}",
                    "one text of each field"
                );
        }
    }

    private static string Beside(List<Condition> terms) =>
        terms.Count > 1 ? " together with the clauses before it" : "";

    private static string Possible(Condition term) =>
        Field(term)?.Possible switch
        {
            { From: > double.NegativeInfinity and var from, To: < double.PositiveInfinity and var to } => string.Create(
                CultureInfo.InvariantCulture,
                $"limits that leave room between {from} and {to}"
            ),
            { From: > double.NegativeInfinity and var from } => string.Create(
                CultureInfo.InvariantCulture,
                $"limits that leave room above {from}"
            ),
            _ => "limits that leave room between them",
        };

    private static Field? Field(Condition term) =>
        term switch
        {
            NumberIs c => c.Field,
            NumberIn c => c.Field,
            _ => null,
        };

    // Which numbers pass; null for what asks for no number, or excludes some.
    private static (string Of, List<Span> Spans)? Numbers(Condition term) =>
        term switch
        {
            NumberIs { Op: not Comparison.NotEqual } c => (
                Printer.Name(c.Field),
                Both(All(c.Field), [Of(c.Op, c.Value)])
            ),
            NumberIn { Negated: false } c => (Printer.Name(c.Field), Both(All(c.Field), [.. c.Ranges.Select(Closed)])),
            StatisticIs { Op: not Comparison.NotEqual } c => (Name(c.Of), [Of(c.Op, c.Value)]),
            StatisticIn { Negated: false } c => (Name(c.Of), [.. c.Ranges.Select(Closed)]),
            _ => null,
        };

    private static string Name(Statistic of) => Printer.Statistic(of) + (of.InPercent ? " in percent" : "");

    private static (Field Of, IEnumerable<string> Words)? Texts(Condition term) =>
        term switch
        {
            TextIs { Negated: false } c => (c.Field, [c.Text]),
            TextIn { Negated: false } c => (c.Field, c.Texts),
            _ => null,
        };

    private static (string Message, string? Expected)? Alone(Condition clause, StatusCatalog statuses) =>
        clause switch
        {
            FailedOfLast c when Never(c.Op, c.Limit, c.Last) => ("it can never be so many", $"0 to {c.Last}"),
            MatchedOfLast c when Never(c.Op, c.Limit, c.Last) => ("it can never be so many", $"0 to {c.Last}"),
            Aggregate { Measure: Measure.Percent } c when Never(c.Op, c.Limit, 100) => (
                "it can never be such a percentage",
                "0 to 100"
            ),
            Aggregate c when Never(c.Op, c.Limit, decimal.MaxValue) => ("it can never be so few", "0 or more"),
            Aggregate c => OfTest(c.Test, statuses),
            Children c => OfTest(c.Test, statuses),
            NamedChild c => OfTest(c.Test, statuses),
            _ => null,
        };

    private static bool Never(Comparison op, decimal limit, decimal most) =>
        op switch
        {
            Comparison.Less => limit <= 0,
            Comparison.AtMost => limit < 0,
            Comparison.Greater => limit >= most,
            Comparison.AtLeast => limit > most,
            Comparison.Equal => limit < 0 || limit > most,
            _ => false,
        };

    // Neutral children are not counted, so nothing is ever found among them.
    private static (string, string?)? OfTest(StatusTest test, StatusCatalog statuses)
    {
        var counted = statuses.Ordered.Where(s => !s.Neutral).ToList();
        return counted.Exists(s => Passes(test, statuses.RankOf(s.Name), statuses))
            ? null
            : ("no child that counts can be so", string.Join(", ", counted.Select(s => s.Name)));
    }

    private static bool Passes(StatusTest test, int rank, StatusCatalog statuses)
    {
        var named = test.Statuses.Select(statuses.RankOf).ToList();
        return test.Op switch
        {
            StatusComparison.In => named.Contains(rank),
            StatusComparison.NotIn => !named.Contains(rank),
            StatusComparison.Less => rank < named[0],
            StatusComparison.AtMost => rank <= named[0],
            StatusComparison.AtLeast => rank >= named[0],
            _ => rank > named[0],
        };
    }

    private static List<Span> All(Field field) => [Closed(field.Possible)];

    private static Span Closed(NumberRange range) => new(range.From, false, range.To, false);

    private static Span Of(Comparison op, double value) =>
        op switch
        {
            Comparison.Less => new(double.NegativeInfinity, false, value, true),
            Comparison.AtMost => new(double.NegativeInfinity, false, value, false),
            Comparison.AtLeast => new(value, false, double.PositiveInfinity, false),
            Comparison.Greater => new(value, true, double.PositiveInfinity, false),
            _ => new(value, false, value, false),
        };

    // Spans that overlap become one, or their number would multiply from clause to clause.
    private static List<Span> Both(List<Span> a, List<Span> b)
    {
        var both = new List<Span>();
        foreach (var span in a.SelectMany(x => b.Select(y => x.And(y))).Where(s => !s.IsEmpty).OrderBy(s => s.Low))
            if (both.Count > 0 && both[^1].Meets(span))
                both[^1] = both[^1].Or(span);
            else
                both.Add(span);
        return both;
    }

    /// <summary>Numbers from low to high; an open end is not among them.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Span(double Low, bool LowOpen, double High, bool HighOpen)
    {
        public bool IsEmpty => Low > High || (Low == High && (LowOpen || HighOpen));

        /// <summary>Whether nothing lies between it and one that begins no earlier.</summary>
        public bool Meets(Span later) => High > later.Low || (High == later.Low && !(HighOpen && later.LowOpen));

        /// <summary>With one that it meets.</summary>
        public Span Or(Span later)
        {
            var high = Math.Max(High, later.High);
            return new(
                Low,
                LowOpen && (later.LowOpen || later.Low > Low),
                high,
                (High < high || HighOpen) && (later.High < high || later.HighOpen)
            );
        }

        public Span And(Span other)
        {
            var (low, high) = (Math.Max(Low, other.Low), Math.Min(High, other.High));
            return new(
                low,
                (LowOpen && Low == low) || (other.LowOpen && other.Low == low),
                high,
                (HighOpen && High == high) || (other.HighOpen && other.High == high)
            );
        }
    }
}
