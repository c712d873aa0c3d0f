using Torch.Contracts;
using Model = Torch.Domain.Checks;

namespace Torch.Server.Features.Checks;

/// <summary>Settings of checks between the API's words and the domain's.</summary>
internal static partial class CheckMapping
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Torch asks: it is run by an agent.</summary>
    public static bool IsProbe(CheckKind kind) => kind is not (CheckKind.Report or CheckKind.Heartbeat);

    public static Model.CheckSettings Settings(CheckRequest request) =>
        new(
            request.Name,
            (Model.CheckKind)(int)request.Kind,
            request.Enabled ?? true,
            request.Interval,
            IsProbe(request.Kind) ? request.Timeout ?? DefaultTimeout : null,
            request.Staleness,
            request.Source,
            Settings(request.Http),
            Settings(request.Tcp),
            Settings(request.Tls),
            Settings(request.Dns),
            Settings(request.Icmp),
            Settings(request.Postgres),
            Settings(request.Feed),
            Places(request.Locations),
            request.Decide is "any" ? null : request.Decide,
            request.Grace,
            request.Cron,
            request.TimeZone is "UTC" ? null : request.TimeZone
        );

    // Said or left out, the default location is the same setting; so is the order.
    private static IReadOnlyList<string>? Places(IReadOnlyList<string>? locations) =>
        locations is null or ["default"] ? null : [.. locations.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What an agent is told where its secrets are revealed, and what people see where they are masked.</summary>
    public static ProbeSettings Probe(Model.CheckSettings settings) =>
        new(
            View(settings.Http),
            View(settings.Tcp),
            View(settings.Tls),
            View(settings.Dns),
            View(settings.Icmp),
            View(settings.Postgres),
            View(settings.Feed)
        );
}
