using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Torch.Server.Http;

namespace Torch.Server.Features.Pushes;

/// <summary>What other systems' scripts send as text, made fit for the log: nothing of it is refused that they would take.</summary>
internal static partial class PushText
{
    /// <summary>Text without what PostgreSQL and JSON cannot hold, cut to what a message may have; null where nothing is left.</summary>
    public static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var sound = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
        var bytes = Encoding.UTF8.GetBytes(sound);
        return bytes.Length <= BodyLimits.TextBytes ? sound : Cut(bytes);
    }

    /// <summary>Bytes that may be no text.</summary>
    public static string? Clean(byte[] bytes) => Clean(Encoding.UTF8.GetString(bytes));

    /// <summary>The number at the start of a text, as JavaScript's <c>parseFloat</c> finds it; null where there is none.</summary>
    public static double? LeadingNumber(string? text) =>
        text is not null
        && Leading().Match(text) is { Success: true } found
        && double.TryParse(found.Groups["number"].ValueSpan, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>A Go duration such as <c>1m30.5s</c>, in milliseconds; null where it is none.</summary>
    public static double? GoMilliseconds(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var (total, read) = (0d, 0);
        foreach (Match part in GoPart().Matches(text))
        {
            if (part.Index != read)
                return null;
            total += Number(part) * MillisecondsOf(part.Groups["unit"].Value);
            read += part.Length;
        }
        return read == text.Length ? total : null;
    }

    private static double Number(Match part) =>
        double.Parse(part.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);

    // A cut inside a character leaves a replacement character, which is taken away.
    private static string Cut(byte[] bytes) =>
        Encoding.UTF8.GetString(bytes, 0, BodyLimits.TextBytes - 3).TrimEnd('\uFFFD');

    private static double MillisecondsOf(string unit) =>
        unit switch
        {
            "h" => 3_600_000,
            "m" => 60_000,
            "s" => 1_000,
            "ms" => 1,
            "ns" => 1e-6,
            _ => 1e-3,
        };

    [GeneratedRegex(@"^\s*(?<number>[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?)", Sound)]
    private static partial Regex Leading();

    [GeneratedRegex(@"(?<number>\d{1,15}(\.\d{1,15})?)(?<unit>ns|us|µs|μs|ms|h|m|s)", Sound)]
    private static partial Regex GoPart();

    private const RegexOptions Sound = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
}
