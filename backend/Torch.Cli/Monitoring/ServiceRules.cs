using System.Text.RegularExpressions;

namespace Torch.Cli.Monitoring;

/// <summary>What a service must be; the same for a file that is read and for flags.</summary>
internal static class ServiceRules
{
    public const int MostUrl = 2_083;
    public static readonly string[] Methods = ["GET", "POST", "HEAD", "OPTIONS"];

    /// <summary>The first member that is wrong, as the file spells it, and why; null where all is well.</summary>
    public static (string Member, string Why)? Fault(Service service) =>
        service switch
        {
            { Url.Length: > MostUrl } => ("url", "has more than 2,083 characters"),
            _ when !IsUrl(service.Url) => ("url", $"\"{service.Url}\" is no http or https URL"),
            _ when !Methods.Contains(service.Method, StringComparer.Ordinal) => (
                "method",
                $"\"{service.Method}\" is none of {string.Join(", ", Methods)}"
            ),
            { IntervalSec: not (>= 5 and <= 300) } => ("interval_sec", "must be 5 to 300 seconds"),
            { Timeout: not (> 0 and <= 300) } => ("timeout", "must be more than 0 and at most 300 seconds"),
            { CheckRegex: true, Regex: null or "" } => ("regex", "is missing, and check_regex asks for it"),
            { Regex: { } regex } when !IsRegex(regex) => ("regex", "is no regular expression without backtracking"),
            _ => null,
        };

    private static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    private static bool IsRegex(string text)
    {
        try
        {
            _ = new Regex(text, RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
