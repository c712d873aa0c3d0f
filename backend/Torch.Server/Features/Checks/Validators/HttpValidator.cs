using System.Text.RegularExpressions;
using FluentValidation;
using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features.Checks;

internal sealed class HttpValidator : AbstractValidator<HttpSettings>
{
    private const int BodyCharacters = 64 * 1024;
    private const int MostBodyBytes = 10 * 1024 * 1024;
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    private static readonly string[] Versions = ["1.1", "2"];

    public HttpValidator()
    {
        RuleFor(h => h.Url).WebAddress();
        RuleFor(h => h.Method).OneOf(Methods);
        RuleFor(h => h.Body).Must(b => b is null || b.Length <= BodyCharacters).WithMessage("must have at most 64 KiB");
        RuleFor(h => h.Headers).RequestHeaders();
        RuleFor(h => h.Auth!).SetValidator(new AuthValidator()).When(h => h.Auth is not null);
        RuleFor(h => h.FollowRedirects).Within(0, 20);
        RuleFor(h => h.Version).OneOf(Versions);
        RuleFor(h => h.Proxy).Must(p => p is null || HttpRules.IsProxy(p)).WithMessage(HttpRules.ProxyWanted);
        RuleFor(h => h.ServerName).HostOrNull();
        RuleFor(h => h.MaxBodyBytes).Within(1, MostBodyBytes);
        RuleFor(h => h.AddressFamily).Family();
        RuleFor(h => h.Expect!).SetValidator(new ExpectationValidator()).When(h => h.Expect is not null);
    }
}

internal sealed class AuthValidator : AbstractValidator<HttpAuth>
{
    public AuthValidator()
    {
        RuleFor(a => a)
            .Must(a => a.Basic is null != a.Bearer is null)
            .OverridePropertyName("")
            .WithMessage("must be either basic or bearer");
        RuleFor(a => a.Bearer)
            .Must(b =>
                b is null || (b.Length is > 0 and <= BodyLimits.TextBytes && b.All(c => c is > ' ' and < '\x7f'))
            )
            .WithMessage("must be a token of 1 to 8,192 ASCII characters");
        // RFC 7617, 2: a user's name with a colon cannot be told from its password.
        RuleFor(a => a.Basic)
            .Must(b => b is null || (IsPart(b.User) && !b.User.Contains(':') && IsPart(b.Password)))
            .WithMessage(
                "user and password have at most 1,024 characters and no control characters, the user no colon"
            );
    }

    private static bool IsPart(string? text) => text is { Length: <= 1024 } && !text.Any(char.IsControl);
}

internal sealed partial class ExpectationValidator : AbstractValidator<HttpExpectation>
{
    public ExpectationValidator()
    {
        RuleFor(e => e.StatusCodes)
            .Must(codes => codes is null || codes.Count is >= 1 and <= 50)
            .WithMessage("1 to 50 codes or ranges");
        RuleForEach(e => e.StatusCodes)
            .Must(IsCodeOrRange)
            .WithMessage("must be a code from 100 to 599 or a range such as 200-299");
        RuleFor(e => e.BodyMatches).Pattern();
        RuleFor(e => e.BodyDoesNotMatch).Pattern();
        RuleFor(e => e.Headers)
            .Must(h => h is null || (h.Count is >= 1 and <= 50 && h.Keys.All(HttpRules.IsHeaderName)))
            .WithMessage("1 to 50 headers, whose names are tokens");
        RuleFor(e => e.Headers)
            .Must(h => h is null || h.Values.All(p => p is not null && ProbeRules.IsPattern(p)))
            .WithMessage($"each {ProbeRules.PatternWanted}");
        RuleFor(e => e.Json).Must(j => j is null || j.Count is >= 1 and <= 50).WithMessage("1 to 50 expectations");
        RuleForEach(e => e.Json).NotNull().SetValidator(new JsonExpectationValidator());
        RuleFor(e => e.CertificateDaysLeft).Within(0, 3_650);
        RuleFor(e => e.MaxBodyBytes).Within(0, 10 * 1024 * 1024);
    }

    private static bool IsCodeOrRange(string? text)
    {
        if (text is null || !CodeOrRange().IsMatch(text))
            return false;
        var ends = text.Split('-').Select(int.Parse).ToArray();
        return ends.All(code => code is >= 100 and <= 599) && ends[0] <= ends[^1];
    }

    [GeneratedRegex(@"\A[0-9]{3}(-[0-9]{3})?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CodeOrRange();
}

internal sealed class JsonExpectationValidator : AbstractValidator<JsonExpectation>
{
    public JsonExpectationValidator()
    {
        RuleFor(j => j.Path)
            .Must(p => p is { Length: > 0 and <= 512 } && Torch.Text.JsonPath.Read(p) is not null)
            .WithMessage("must be a path such as $.checks[0].status, without wildcards");
        RuleFor(j => j.EqualTo).Text().OverridePropertyName("equals");
        RuleFor(j => j.Matches).Pattern();
        RuleFor(j => j.Matches)
            .Must((j, m) => j.EqualTo is null != m is null)
            .WithMessage("must be there where equals is not, and only there");
    }
}
