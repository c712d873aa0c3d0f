using System.Text.RegularExpressions;
using FluentValidation;
using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features.Checks;

/// <summary>Checks of the kinds that this version runs: HTTP probes and reports.</summary>
internal sealed class CheckValidator : AbstractValidator<CheckRequest>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public CheckValidator()
    {
        RuleFor(c => c.Name).Name();
        RuleFor(c => c.Kind)
            .Must(kind => kind is CheckKind.Http or CheckKind.Report)
            .WithMessage("must be http or report: this version of Torch runs no other kind");
        RuleFor(c => c.Staleness)
            .Must(s => s is null || (s >= TimeSpan.FromSeconds(1) && s <= TimeSpan.FromDays(366)))
            .WithMessage("must be from PT1S to P366D");
        When(c => c.Kind == CheckKind.Http, Probe);
        When(c => c.Kind == CheckKind.Report, Report);
    }

    private void Probe()
    {
        RuleFor(c => c.Interval).NotNull().WithMessage("a probe needs an interval");
        RuleFor(c => c.Interval)
            .Must(i => i is null || (i >= TimeSpan.FromSeconds(5) && i <= Day))
            .WithMessage("must be from PT5S to P1D");
        RuleFor(c => c.Timeout)
            .Must(t => t is null || (t >= TimeSpan.FromMilliseconds(100) && t <= TimeSpan.FromMinutes(5)))
            .WithMessage("must be from PT0.1S to PT5M");
        RuleFor(c => c.Source).Null().WithMessage("belongs to a report, not to a probe");
        RuleFor(c => c.Http).NotNull().WithMessage("an http check needs its http settings");
        RuleFor(c => c.Http!).SetValidator(new HttpValidator()).When(c => c.Http is not null);
    }

    private void Report()
    {
        RuleFor(c => c.Source).Name();
        RuleFor(c => c.Interval).Null().WithMessage("belongs to a probe, not to a report");
        RuleFor(c => c.Timeout).Null().WithMessage("belongs to a probe, not to a report");
        RuleFor(c => c.Http).Null().WithMessage("belongs to a probe, not to a report");
    }
}

internal sealed partial class HttpValidator : AbstractValidator<HttpSettings>
{
    private const int UrlCharacters = 2_083;
    private const int BodyCharacters = 64 * 1024;
    private const int MostHeaders = 50;
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public HttpValidator()
    {
        RuleFor(h => h.Url)
            .Must(IsWebAddress)
            .WithMessage($"must be an absolute http or https URL of at most {UrlCharacters} characters");
        RuleFor(h => h.Method)
            .Must(m => m is null || Methods.Contains(m))
            .WithMessage($"must be one of {string.Join(", ", Methods)}");
        RuleFor(h => h.Body).Must(b => b is null || b.Length <= BodyCharacters).WithMessage("must have at most 64 KiB");
        RuleFor(h => h.Headers)
            .Must(h => h is null || h.Count <= MostHeaders)
            .WithMessage($"at most {MostHeaders} headers");
        RuleFor(h => h.Headers)
            .Must(h => h is null || h.All(IsHeader))
            .WithMessage("header names are tokens, values one line of at most 8 KiB");
        RuleFor(h => h.Headers)
            .Must(h => h is null || !h.Keys.Any(FramesTheMessage))
            .WithMessage($"{string.Join(", ", Framing)} belong to the connection and cannot be set");
        RuleFor(h => h.Expect!).SetValidator(new ExpectationValidator()).When(h => h.Expect is not null);
    }

    private static bool IsWebAddress(string? url) =>
        url is { Length: > 0 and <= UrlCharacters }
        && !url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
        && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address is { Scheme: "http" or "https", Host.Length: > 0 };

    // A line break in a value would put further headers on the wire.
    private static bool IsHeader(KeyValuePair<string, string> header) =>
        Token().IsMatch(header.Key)
        && header.Value is { Length: <= BodyLimits.TextBytes }
        && !header.Value.Any(c => char.IsControl(c) && c != '\t');

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

    private static bool FramesTheMessage(string name) => Framing.Contains(name, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"\A[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Token();
}

internal sealed partial class ExpectationValidator : AbstractValidator<HttpExpectation>
{
    private const int PatternCharacters = 512;

    public ExpectationValidator()
    {
        RuleFor(e => e.StatusCodes)
            .Must(codes => codes is null || codes.Count is >= 1 and <= 50)
            .WithMessage("1 to 50 codes or ranges");
        RuleForEach(e => e.StatusCodes)
            .Must(IsCodeOrRange)
            .WithMessage("must be a code from 100 to 599 or a range such as 200-299");
        RuleFor(e => e.BodyMatches).Must(IsPattern).WithMessage(Pattern);
        RuleFor(e => e.BodyDoesNotMatch).Must(IsPattern).WithMessage(Pattern);
    }

    private static readonly string Pattern =
        $"must be a regular expression of 1 to {PatternCharacters} characters without look-around and back-references";

    private static bool IsCodeOrRange(string? text)
    {
        if (text is null || !CodeOrRange().IsMatch(text))
            return false;
        var ends = text.Split('-').Select(int.Parse).ToArray();
        return ends.All(code => code is >= 100 and <= 599) && ends[0] <= ends[^1];
    }

    private static bool IsPattern(string? pattern)
    {
        if (pattern is null)
            return true;
        if (pattern.Length is 0 or > PatternCharacters)
            return false;
        try
        {
            // The options that the probe compiles it with: what passes here runs in linear time there.
            _ = new Regex(
                pattern,
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant,
                TimeSpan.FromSeconds(1)
            );
            return true;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A[0-9]{3}(-[0-9]{3})?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CodeOrRange();
}
