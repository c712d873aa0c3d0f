using Torch.Contracts;
using Model = Torch.Domain.Checks;

namespace Torch.Server.Features.Checks;

/// <summary>Settings of checks between the API's words and the domain's.</summary>
internal static class CheckMapping
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(15);

    public static Model.CheckSettings Settings(CheckRequest request) =>
        new(
            request.Name,
            (Model.CheckKind)(int)request.Kind,
            request.Enabled ?? true,
            request.Interval,
            request.Kind == CheckKind.Http ? request.Timeout ?? DefaultTimeout : null,
            request.Staleness,
            request.Source,
            request.Http is { } http ? Settings(http) : null
        );

    public static HttpSettings? View(Model.HttpSettings? http) =>
        http is null ? null : new(http.Url, http.Method, http.Headers, http.Body, Expectation(http));

    private static Model.HttpSettings Settings(HttpSettings http) =>
        new(
            http.Url,
            http.Method ?? "GET",
            http.Headers,
            http.Body,
            http.Expect?.StatusCodes,
            http.Expect?.BodyMatches,
            http.Expect?.BodyDoesNotMatch
        );

    private static HttpExpectation? Expectation(Model.HttpSettings http) =>
        http is { StatusCodes: null, BodyMatches: null, BodyDoesNotMatch: null }
            ? null
            : new(http.StatusCodes, http.BodyMatches, http.BodyDoesNotMatch);
}
