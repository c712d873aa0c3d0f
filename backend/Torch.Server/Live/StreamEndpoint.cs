using System.Globalization;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Features;
using Torch.Server.Http;

namespace Torch.Server.Live;

internal static class StreamEndpoint
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static RouteHandlerBuilder MapStream(this IEndpointRouteBuilder api) =>
        api.MapGet("/stream", Handle).WithName("Stream").WithTags("Live").Produces<string>(200, "text/event-stream");

    /// <summary>What changes, as it changes (Server-Sent Events).</summary>
    /// <remarks>
    /// Events: <c>hello</c> at once, <c>transition</c>, <c>structure</c>, <c>revised</c> (a node's past), <c>observation</c> (only when asked for; at most one per
    /// check and second), <c>alive</c> every 15 s, and <c>reset</c> when too much was missed: fetch anew and open the stream again.
    /// Who sees certain hierarchies only hears of those; <c>structure</c> with the change <c>sight</c> says that something has left their sight.
    /// Every event has the log's position as its id; the read tables have reached it. Resumes from <c>Last-Event-ID</c>. It ends within five seconds with the
    /// session or the key that opened it.
    /// </remarks>
    /// <param name="after">The position of the read that it continues; now where absent.</param>
    /// <param name="types">Of <c>transition</c>, <c>structure</c>, <c>revised</c> and <c>observation</c>, separated by commas; the first three where absent.</param>
    /// <param name="root">Only what concerns this node and those below it.</param>
    private static async Task Handle(
        HttpContext http,
        string? after,
        string? types,
        Guid? root,
        LiveHub hub,
        LiveTranslation translation,
        Structure structure,
        Sight sight,
        IEventLog log,
        ProjectionRunner runner,
        TimeProvider time,
        IHostApplicationLifetime lifetime
    )
    {
        var filter = new LiveFilter(Kinds(types), root);
        var position = Position(http.Request.Headers["Last-Event-ID"], "Last-Event-ID") ?? Position(after, "after");
        using var open = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted,
            lifetime.ApplicationStopping
        );
        try
        {
            var head = await log.HeadAsync(open.Token);
            await ReachedAsync(runner, Math.Min(position ?? 0, head), time, open.Token);
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-cache, no-store";
            http.Response.Headers["X-Accel-Buffering"] = "no";
            var session = new LiveSession(hub, translation, log, structure, sight, time);
            await session.RunAsync(new EventStreamWriter(http.Response.BodyWriter), filter, position, open.Token);
        }
        catch (OperationCanceledException) when (open.IsCancellationRequested)
        {
            // The client has left, or may hear no more, or the server stops.
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
                await FarewellAsync(http, hub.Position, time);
        }
    }

    // Who sees something else from now on has to read it anew; who has left does not hear it.
    private static async Task FarewellAsync(HttpContext http, long position, TimeProvider time)
    {
        if (!http.Response.HasStarted)
            return;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        try
        {
            await LiveSession.ResetAsync(new EventStreamWriter(http.Response.BodyWriter), position, limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody took it.
        }
    }

    // Just after a start the projections have not said yet where they stand; a client from before must not skip what lies between.
    private static async Task ReachedAsync(
        ProjectionRunner runner,
        long position,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await runner.WaitForAsync(position, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The read tables are far behind: the session sends what lies between once they have it.
        }
    }

    private static IReadOnlySet<string> Kinds(string? types)
    {
        if (string.IsNullOrEmpty(types))
            return LiveFilter.DefaultKinds;
        var kinds = types.Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
        return kinds.IsSubsetOf(LiveFilter.AllKinds)
            ? kinds
            : throw new FaultException(
                Fault.Invalid("types", "must be of transition, structure, revised and observation")
            );
    }

    private static long? Position(string? text, string name)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new FaultException(Fault.Invalid(name, "must be a position that Torch gave"));
    }
}
