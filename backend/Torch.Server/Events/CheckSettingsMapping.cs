using Torch.Contracts;
using Domain = Torch.Domain.Checks;

namespace Torch.Server.Events;

/// <summary>A check's settings between the API's words and the domain's.</summary>
internal static class CheckSettingsMapping
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(15);

    public static Domain.CheckSettings Settings(CheckRequest request) =>
        new(
            request.Name,
            Kind(request.Kind),
            request.Enabled ?? true,
            request.Interval,
            IsProbe(request.Kind) ? request.Timeout ?? DefaultTimeout : null,
            request.Staleness,
            request.Source,
            request.Http is { } http ? Settings(http) : null
        );

    public static HttpSettings? View(Domain.HttpSettings? http) =>
        http is null ? null : new(http.Url, http.Method, http.Headers, http.Body, Expectation(http));

    /// <summary>What an agent schedules, or null for a check that needs no agent.</summary>
    public static ScheduledCheck? Scheduled(Guid checkId, long version, Domain.CheckSettings settings) =>
        settings is { Enabled: true, Interval: { } interval } && IsProbe(Kind(settings.Kind))
            ? new(
                checkId,
                version,
                settings.Name,
                Kind(settings.Kind),
                interval,
                settings.Timeout ?? DefaultTimeout,
                View(settings.Http)
            )
            : null;

    public static CheckKind Kind(Domain.CheckKind kind) => (CheckKind)(int)kind;

    public static Domain.CheckKind Kind(CheckKind kind) => (Domain.CheckKind)(int)kind;

    private static bool IsProbe(CheckKind kind) => kind is not (CheckKind.Report or CheckKind.Heartbeat);

    private static Domain.HttpSettings Settings(HttpSettings http) =>
        new(
            http.Url,
            http.Method ?? "GET",
            http.Headers,
            http.Body,
            http.Expect?.StatusCodes,
            http.Expect?.BodyMatches,
            http.Expect?.BodyDoesNotMatch
        );

    private static HttpExpectation? Expectation(Domain.HttpSettings http) =>
        http is { StatusCodes: null, BodyMatches: null, BodyDoesNotMatch: null }
            ? null
            : new(http.StatusCodes, http.BodyMatches, http.BodyDoesNotMatch);
}
