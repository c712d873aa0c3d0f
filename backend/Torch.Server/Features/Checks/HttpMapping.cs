using Torch.Contracts;
using Model = Torch.Domain.Checks;

namespace Torch.Server.Features.Checks;

/// <summary>HTTP's settings: the API sets what it asks apart from what it expects, the log has them side by side.</summary>
internal static partial class CheckMapping
{
    private static Model.HttpSettings? Settings(HttpSettings? http) =>
        http is null
            ? null
            : new(
                http.Url,
                http.Method ?? "GET",
                http.Headers,
                http.Body,
                http.Expect?.StatusCodes,
                http.Expect?.BodyMatches,
                http.Expect?.BodyDoesNotMatch,
                Settings(http.Auth),
                http.FollowRedirects,
                http.Version,
                http.Proxy,
                http.IgnoreCertificate,
                http.ServerName,
                http.MaxBodyBytes,
                http.AddressFamily,
                http.Expect?.Headers,
                http.Expect?.Json?.Select(j => new Model.JsonExpectation(j.Path, j.EqualTo, j.Matches)).ToList(),
                http.Expect?.CertificateDaysLeft,
                http.Expect?.MaxBodyBytes
            );

    private static HttpSettings? View(Model.HttpSettings? http) =>
        http is null
            ? null
            : new(
                http.Url,
                http.Method,
                http.Headers,
                http.Body,
                Expectation(http),
                View(http.Auth),
                http.FollowRedirects,
                http.Version,
                http.Proxy,
                http.IgnoreCertificate,
                http.ServerName,
                http.MaxBodyBytes,
                http.AddressFamily
            );

    private static HttpExpectation? Expectation(Model.HttpSettings http)
    {
        var expect = new HttpExpectation(
            http.StatusCodes,
            http.BodyMatches,
            http.BodyDoesNotMatch,
            http.ExpectHeaders,
            http.ExpectJson?.Select(j => new JsonExpectation(j.Path, j.EqualTo, j.Matches)).ToList(),
            http.CertificateDaysLeft,
            http.ExpectMaxBodyBytes
        );
        return expect == new HttpExpectation() ? null : expect;
    }

    private static Model.HttpAuth? Settings(HttpAuth? auth) =>
        auth is null ? null : new(auth.Basic is { } basic ? new(basic.User, basic.Password) : null, auth.Bearer);

    private static HttpAuth? View(Model.HttpAuth? auth) =>
        auth is null ? null : new(auth.Basic is { } basic ? new(basic.User, basic.Password) : null, auth.Bearer);
}
