using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Torch.Probes.Net;

/// <summary>The regular expressions of checks, compiled once: compiling an automaton costs far more than running it, and checks repeat.</summary>
internal static class Patterns
{
    private const int Most = 10_000;

    private static readonly ConcurrentDictionary<(string, RegexOptions), Regex> Compiled = new();

    /// <returns>Null for no pattern.</returns>
    /// <exception cref="ProbeFault">It cannot be used, which is not held against the target.</exception>
    public static Regex? Of(string? text, RegexOptions options = RegexOptions.None)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (Compiled.Count > Most)
            Compiled.Clear();
        try
        {
            return Compiled.GetOrAdd((text, options), static key => Compile(key.Item1, key.Item2));
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            throw ProbeFault.Local($"The pattern /{text}/ cannot be used: {fault.Message}", fault);
        }
    }

    // Without backtracking a pattern takes time linear in the body, whoever wrote it; the limit is a second fence.
    private static Regex Compile(string pattern, RegexOptions options) =>
        new(pattern, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
