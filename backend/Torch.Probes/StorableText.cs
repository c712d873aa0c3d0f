using System.Text;

namespace Torch.Probes;

/// <summary>Text from a stranger, made fit for jsonb: PostgreSQL refuses NUL characters and lone surrogates.</summary>
internal static class StorableText
{
    /// <summary>At most <paramref name="maxBytes"/> of UTF-8, cut between characters.</summary>
    public static string Cap(ReadOnlySpan<char> text, int maxBytes)
    {
        var kept = new StringBuilder(Math.Min(text.Length, maxBytes));
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes has already replaced lone surrogates by U+FFFD.
            var safe = rune.Value == 0 ? Rune.ReplacementChar : rune;
            bytes += safe.Utf8SequenceLength;
            if (bytes > maxBytes)
                break;
            kept.Append(safe.ToString());
        }
        return kept.ToString();
    }
}
