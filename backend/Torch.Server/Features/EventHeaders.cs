using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features;

/// <summary>Who changed something, from where and why, as the journal keeps it beside the event.</summary>
internal static class EventHeaders
{
    public const string Actor = "actor";
    public const string Origin = "origin";

    /// <summary>Whom the actor's name meant, should it be another's one day: <c>person:...</c>, <c>key:...</c>, <c>agent:...</c>.</summary>
    public const string Principal = "principal";
    public const string Reason = "reason";

    /// <summary>As somebody else than the request says: who is let in right now, or what acts for them.</summary>
    public static EventMetadata OfActor(HttpContext http, string actor)
    {
        var who = Of(http);
        return who with { Headers = new Dictionary<string, string>(who.Headers!) { [Actor] = actor } };
    }

    public static EventMetadata Of(HttpContext http, string? reason = null)
    {
        var headers = new Dictionary<string, string> { [Actor] = http.Actor(), [Origin] = http.Peer().ToString() };
        if (http.Caller() is { Subject: not null } caller)
            headers[Principal] = caller.Id;
        if (!string.IsNullOrWhiteSpace(reason))
            headers[Reason] = reason;
        return new EventMetadata(Problems.TraceId(http), null, headers);
    }
}
