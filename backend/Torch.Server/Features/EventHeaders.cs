using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features;

/// <summary>Who changed something, from where and why, as the journal keeps it beside the event.</summary>
internal static class EventHeaders
{
    public const string Actor = "actor";
    public const string Origin = "origin";
    public const string Reason = "reason";

    public static EventMetadata Of(HttpContext http, string? reason = null)
    {
        var headers = new Dictionary<string, string> { [Actor] = http.Actor(), [Origin] = http.Peer().ToString() };
        if (!string.IsNullOrWhiteSpace(reason))
            headers[Reason] = reason;
        return new EventMetadata(Problems.TraceId(http), null, headers);
    }
}
