using System.Text.Json.Nodes;
using Torch.Contracts;
using Torch.Server.Features.Checks;
using Model = Torch.Domain.Checks;

namespace Torch.Server.Configuring;

/// <summary>A check as a file has it: what is as by default is left out, so that the same settings are the same text.</summary>
internal static class CheckForm
{
    public static JsonObject Of(Model.CheckSettings settings)
    {
        var (http, tcp, tls, dns, icmp, postgres, feed) = CheckMapping.Probe(settings);
        return ConfigJson.Write(
            new CheckRequest(
                settings.Name,
                (CheckKind)(int)settings.Kind,
                settings.Interval,
                settings.Timeout == CheckMapping.DefaultTimeout ? null : settings.Timeout,
                http is null ? null : http with { Method = http.Method is "GET" ? null : http.Method },
                settings.Source,
                settings.Staleness,
                settings.Enabled ? null : false,
                tcp,
                tls,
                dns,
                icmp,
                postgres,
                feed,
                settings.Locations is null or ["default"] ? null : settings.Locations,
                settings.Decide is "any" ? null : settings.Decide,
                settings.Grace,
                settings.Cron,
                settings.TimeZone is "UTC" ? null : settings.TimeZone
            )
        );
    }
}
