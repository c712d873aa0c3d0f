using System.Diagnostics;
using Torch.EventStore;
using Torch.Server.Auth;

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
        return new EventMetadata(Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier, null, headers);
    }
}
