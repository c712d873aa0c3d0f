using System.Text.RegularExpressions;
using FluentValidation;
using Torch.Server.Http;

namespace Torch.Server.Features.Checks;

/// <summary>What an HTTP request may be made of.</summary>
internal static partial class HttpRules
{
    private const int UrlCharacters = 2_083;
    private const int MostHeaders = 50;

    private static readonly string[] Framing =
    [
        "Content-Length",
        "Transfer-Encoding",
        "Connection",
        "Upgrade",
        "Expect",
        "TE",
        "Trailer",
    ];

    public const string ProxyWanted = "must be the URL of an HTTP proxy, such as http://proxy:3128";

    public static IRuleBuilderOptions<T, string> WebAddress<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(IsWebAddress)
            .WithMessage($"must be an absolute http or https URL of at most {UrlCharacters} characters")
            .Must(url => !HasCredentials(url))
            .WithMessage("must not hold a user or password, which everybody could read: auth.basic takes them");

    public static IRuleBuilderOptions<T, IReadOnlyDictionary<string, string>?> RequestHeaders<T>(
        this IRuleBuilder<T, IReadOnlyDictionary<string, string>?> rule
    ) =>
        rule.Must(h => h is null || h.Count <= MostHeaders)
            .WithMessage($"at most {MostHeaders} headers")
            .Must(h => h is null || h.All(IsHeader))
            .WithMessage("header names are tokens, values one line of at most 8 KiB")
            .Must(h => h is null || !h.Keys.Any(FramesTheMessage))
            .WithMessage($"{string.Join(", ", Framing)} belong to the connection and cannot be set");

    public static bool IsProxy(string url) =>
        IsWebAddress(url) && new Uri(url) is { Scheme: "http", UserInfo: "", PathAndQuery: "/" };

    public static bool IsHeaderName(string name) => Token().IsMatch(name);

    private static bool IsWebAddress(string? url) =>
        url is { Length: > 0 and <= UrlCharacters }
        && !url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
        && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address is { Scheme: "http" or "https", Host.Length: > 0 };

    private static bool HasCredentials(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length > 0;

    // A line break in a value would put further headers on the wire.
    private static bool IsHeader(KeyValuePair<string, string> header) =>
        IsHeaderName(header.Key)
        && header.Value is { Length: <= BodyLimits.TextBytes }
        && !header.Value.Any(c => char.IsControl(c) && c != '\t');

    private static bool FramesTheMessage(string name) => Framing.Contains(name, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"\A[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Token();
}
