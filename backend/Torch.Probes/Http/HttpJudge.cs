using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Torch.Contracts;

namespace Torch.Probes.Http;

/// <summary>Whether an answer is as expected: first its code, then its body.</summary>
internal sealed class HttpJudge
{
    private const int MaxPatterns = 10_000;

    // Compiling an automaton costs far more than running it, and checks repeat.
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    private readonly IReadOnlyList<(int From, int To)> _codes;
    private readonly Regex? _matches;
    private readonly Regex? _doesNotMatch;

    private HttpJudge(IReadOnlyList<(int From, int To)> codes, Regex? matches, Regex? doesNotMatch)
    {
        _codes = codes;
        _matches = matches;
        _doesNotMatch = doesNotMatch;
    }

    /// <exception cref="ProbeFault">A code or a pattern cannot be used.</exception>
    public static HttpJudge Of(HttpExpectation? expect) =>
        new(
            expect?.StatusCodes is { Count: > 0 } codes ? codes.Select(Range).ToArray() : [(200, 299)],
            Pattern(expect?.BodyMatches),
            Pattern(expect?.BodyDoesNotMatch)
        );

    /// <exception cref="ProbeFault">The answer is not as expected.</exception>
    public void Decide(int statusCode, string body)
    {
        if (!_codes.Any(range => statusCode >= range.From && statusCode <= range.To))
            throw new ProbeFault(Causes.StatusCode, $"The target answered {statusCode}; expected {Wanted()}.");
        if (_matches?.IsMatch(body) is false)
            throw new ProbeFault(Causes.Body, $"The body does not match /{_matches}/.");
        if (_doesNotMatch?.IsMatch(body) is true)
            throw new ProbeFault(Causes.Body, $"The body matches /{_doesNotMatch}/, which it must not.");
    }

    private string Wanted() =>
        string.Join(
            ", ",
            _codes.Select(range => range.From == range.To ? $"{range.From}" : $"{range.From}-{range.To}")
        );

    private static (int From, int To) Range(string text)
    {
        var parts = text.Split('-', StringSplitOptions.TrimEntries);
        return parts.Length <= 2 && TryCode(parts[0], out var from) && TryCode(parts[^1], out var to) && from <= to
            ? (from, to)
            : throw ProbeFault.Local($"\"{text}\" is no HTTP code, nor a range of them.");
    }

    private static bool TryCode(string text, out int code) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 100 and <= 999;

    private static Regex? Pattern(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (Patterns.Count > MaxPatterns)
            Patterns.Clear();
        try
        {
            return Patterns.GetOrAdd(text, Compile);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            throw ProbeFault.Local($"The pattern /{text}/ cannot be used: {fault.Message}", fault);
        }
    }

    // Without backtracking a pattern takes time linear in the body, whoever wrote it; the limit is a second fence.
    private static Regex Compile(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
