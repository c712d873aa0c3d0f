using System.Globalization;
using System.Text;
using Torch.Domain.Rules.Text;
using Torch.Domain.Schedules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Rules;

/// <summary>Something in a sheet that cannot be read.</summary>
/// <param name="Line">From 1.</param>
public sealed record SheetError(int Line, ParseError Error)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"line {Line}, {Error}");
}

/// <summary>
/// All rules of a node as a text of lines, for files: one rule per line in its order, and settings where they differ from the default
/// (<c>match worst</c>, <c>roll-up 2nd worst</c>, <c>time zone Europe/Berlin</c>, <c>attempts 3</c>, <c>for 1m</c>, <c>recovery attempts 2</c>,
/// <c>recovery for 2m</c>, <c>hold down 5m</c>, <c>flapping 30 25</c>). <c>#</c> begins a comment. Parses back without loss.
/// </summary>
public static class RuleSheet
{
    private const string Settings =
        "a rule (when ... then ...), or match, roll-up, time zone, attempts, for, recovery attempts, recovery for, hold down or flapping";

    public static string Write(RuleSet rules)
    {
        var text = new StringBuilder();
        if (rules.Match == MatchPolicy.Worst)
            text.AppendLine("match worst");
        if (rules.RollUp != RollUp.Worst)
            text.AppendLine("roll-up " + rules.RollUp);
        if (rules.TimeZone is { } zone)
            text.AppendLine("time zone " + zone);
        if (rules.Timing is { } timing)
            foreach (var line in Lines(timing))
                text.AppendLine(line);
        foreach (var rule in rules.Rules)
            text.AppendLine(RuleText.Sentence(rule) + (rule.Name is null ? "" : " as " + Printer.Quoted(rule.Name)));
        return text.ToString();
    }

    /// <summary>Reads a sheet; the rules are null where an error is not.</summary>
    /// <param name="statuses">The statuses that it may name; the built-in ones where absent.</param>
    public static (RuleSet? Rules, SheetError? Error) Parse(string text, StatusCatalog? statuses = null)
    {
        var sheet = RuleSet.Empty;
        var rules = new List<Rule>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
            try
            {
                var line = lines[i].TrimEnd();
                if (line.TrimStart() is "" or ['#', ..])
                    continue;
                if (line.TrimStart().StartsWith("when ", StringComparison.Ordinal))
                    rules.Add(Parser.ParseRule(line, statuses ?? StatusCatalog.BuiltIn));
                else
                    sheet = Setting(sheet, line, statuses);
            }
            catch (ParseException exception)
            {
                return (null, new(i + 1, exception.Error));
            }
        return (sheet with { Rules = rules }, null);
    }

    private static IEnumerable<string> Lines(Timing timing)
    {
        if (timing.Attempts > 1)
            yield return Invariant($"attempts {timing.Attempts}");
        if (timing.For is { } lasting)
            yield return "for " + Print(lasting);
        if (timing.RecoveryAttempts > 1)
            yield return Invariant($"recovery attempts {timing.RecoveryAttempts}");
        if (timing.RecoveryFor is { } recovery)
            yield return "recovery for " + Print(recovery);
        if (timing.HoldDown is { } hold)
            yield return "hold down " + Print(hold);
        if (timing.Flapping is { } flapping)
            yield return Invariant($"flapping {flapping.Start} {flapping.Stop}");
    }

    private static RuleSet Setting(RuleSet sheet, string line, StatusCatalog? statuses)
    {
        var timing = sheet.Timing ?? new Timing();
        var (words, at) = Words(line);
        return words switch
        {
            ["match", "first"] => sheet with { Match = MatchPolicy.First },
            ["match", "worst"] => sheet with { Match = MatchPolicy.Worst },
            ["roll-up", .. var kind] when RollUp.TryParse(string.Join(' ', kind), out var rollUp, statuses) =>
                sheet with
                {
                    RollUp = rollUp,
                },
            ["roll-up", ..] => throw Error(at[1], "this is no roll-up", RollUp.Expected),
            ["time", "zone", var zone] when TimeZones.TryFind(zone, out _) => sheet with { TimeZone = zone },
            ["time", "zone", ..] => throw Error(at[2], "there is no such time zone", TimeZones.Expected),
            ["attempts", var n] => sheet with { Timing = timing with { Attempts = Whole(n, at[1]) } },
            ["for", var span] => sheet with { Timing = timing with { For = Span(span, at[1]) } },
            ["recovery", "attempts", var n] => sheet with
            {
                Timing = timing with { RecoveryAttempts = Whole(n, at[2]) },
            },
            ["recovery", "for", var span] => sheet with { Timing = timing with { RecoveryFor = Span(span, at[2]) } },
            ["hold", "down", var span] => sheet with { Timing = timing with { HoldDown = Span(span, at[2]) } },
            ["flapping", var start, var stop] => sheet with
            {
                Timing = timing with { Flapping = new(Whole(start, at[1]), Whole(stop, at[2])) },
            },
            _ => throw Error(at[0], $"\"{line.Trim()}\" is neither a rule nor a setting", Settings),
        };
    }

    // With the columns where they begin, and that of the line's end.
    private static (string[] Words, int[] At) Words(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (at, from) = (new int[words.Length + 1], 0);
        for (var i = 0; i < words.Length; i++)
        {
            from = line.IndexOf(words[i], from, StringComparison.Ordinal);
            at[i] = from + 1;
            from += words[i].Length;
        }
        at[^1] = line.Length + 1;
        return (words, at);
    }

    private static int Whole(string text, int column) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? n
            : throw Error(column, $"\"{text}\" is no whole number", "a whole number");

    private static TimeSpan Span(string text, int column) =>
        Tokens(text, column) is [{ Kind: TokenKind.Number } token, { Kind: TokenKind.End }]
        && Durations.Milliseconds(token.Number, token.Text) is { } milliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw Error(column, $"\"{text}\" is no duration", "a duration such as 500ms, 30s, 5m, 2h or 1d");

    private static IReadOnlyList<Token> Tokens(string text, int column)
    {
        try
        {
            return Lexer.Cut(text);
        }
        catch (ParseException exception)
        {
            throw new ParseException(exception.Error with { Column = column + exception.Error.Column - 1 });
        }
    }

    private static string Print(TimeSpan span) => Durations.Print(span.TotalMilliseconds);

    private static ParseException Error(int column, string message, string expected) =>
        new(new(column, message, expected));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
