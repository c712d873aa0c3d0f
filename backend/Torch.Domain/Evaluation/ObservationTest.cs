using System.Text.RegularExpressions;
using Torch.Domain.Rules;
using Torch.Domain.Rules.Text;

namespace Torch.Domain.Evaluation;

/// <summary>Conditions over one observation, ready to be asked: true, false, or null where it has no such field.</summary>
internal static class ObservationTest
{
    public static Func<IEvent, bool?> Compile(Condition condition) =>
        condition switch
        {
            And and => Many(and.Terms, settledBy: false),
            Or or => Many(or.Terms, settledBy: true),
            Not not when Compile(not.Term) is var term => o => !term(o),
            NumberIs c => o => Readings.Number(o, c.Field) is { } n ? Numbers.Holds(n, c.Op, c.Value) : null,
            NumberIn c => o => Readings.Number(o, c.Field) is { } n ? Numbers.Within(n, c.Ranges) != c.Negated : null,
            TextIs c => o => Readings.Text(o, c.Field) is { } t ? (t == c.Text) != c.Negated : null,
            TextIn c => o => Readings.Text(o, c.Field) is { } t ? c.Texts.Contains(t) != c.Negated : null,
            TextContains c => o =>
                Readings.Text(o, c.Field) is { } t ? t.Contains(c.Text, StringComparison.Ordinal) != c.Negated : null,
            TextMatches c when Regexes.Compile(c.Pattern) is var regex => o => Matches(o, c, regex),
            _ => throw new NotSupportedException($"\"{RuleText.Print(condition)}\" is not about one observation"),
        };

    private static bool? Matches(IEvent observation, TextMatches c, Regex regex) =>
        Readings.Text(observation, c.Field) is { } text ? regex.IsMatch(text) != c.Negated : null;

    private static Func<IEvent, bool?> Many(ValueList<Condition> conditions, bool settledBy)
    {
        Func<IEvent, bool?>[] terms = [.. conditions.Select(Compile)];
        return observation =>
        {
            bool? result = !settledBy;
            foreach (var term in terms)
            {
                var answer = term(observation);
                if (answer == settledBy)
                    return settledBy;
                result = answer is null ? null : result;
            }
            return result;
        };
    }
}
