using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Torch.Domain.Rules.Text;

/// <summary>The regular expressions that rules may use: those of .NET's non-backtracking engine, so that none can be catastrophic.</summary>
public static class Regexes
{
    public const int MaxLength = 512;

    // The engine is linear in the input; the limit is a belt to those braces. It is a clock of this machine's own, so it must be out of
    // reach even of a busy one: the same log gives the same transitions.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // One is tens of kilobytes and milliseconds, and a pattern stands in the rules of many nodes: they share it for as long as one of them has it.
    private static readonly ConcurrentDictionary<string, WeakReference<Regex>> Shared = new(StringComparer.Ordinal);
    private static int s_sweepAt = 1_000;

    /// <summary>Why a pattern is refused, or null.</summary>
    public static string? Problem(string pattern)
    {
        if (pattern.Length > MaxLength)
            return "a regular expression has at most 512 characters";
        try
        {
            _ = Compile(pattern);
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
        catch (NotSupportedException)
        {
            return "look-around, back references and atomic groups are not available: they can run away";
        }
    }

    /// <exception cref="ArgumentException">Not a regular expression.</exception>
    /// <exception cref="NotSupportedException">One that would need backtracking.</exception>
    public static Regex Compile(string pattern)
    {
        if (Shared.TryGetValue(pattern, out var shared) && shared.TryGetTarget(out var known))
            return known;
        var regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit);
        Shared[pattern] = new(regex);
        if (Shared.Count > Volatile.Read(ref s_sweepAt))
            Sweep();
        return regex;
    }

    // Patterns that nobody has any more; again when there are twice as many as are left.
    private static void Sweep()
    {
        foreach (var entry in Shared)
            if (!entry.Value.TryGetTarget(out _))
                Shared.TryRemove(entry);
        Volatile.Write(ref s_sweepAt, Math.Max(1_000, 2 * Shared.Count));
    }

    /// <summary>Without needless escapes of the slash, so that one pattern has one text.</summary>
    public static string Normalise(string pattern)
    {
        var plain = new StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            var escape = pattern[i] == '\\' && i + 1 < pattern.Length;
            if (escape && pattern[i + 1] != '/')
                plain.Append(pattern[i]);
            plain.Append(escape ? pattern[++i] : pattern[i]);
        }
        return plain.ToString();
    }
}
