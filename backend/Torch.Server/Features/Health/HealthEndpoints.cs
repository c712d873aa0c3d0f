using Npgsql;
using Torch.EventStore;
using Torch.Server.Agents;
using Torch.Server.Auth;
using Torch.Server.Evaluating;
using Torch.Server.Http;

namespace Torch.Server.Features.Health;

internal static class HealthEndpoints
{
    /// <summary>Open to everybody: what watches Torch has no key, and the answers tell nothing.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("Health").Needs(Right.Anonymous);
        health.MapGet("/live", GetLive.Handle).WithName("GetLive");
        health.MapGet("/ready", GetReady.Handle).WithName("GetReady").Produces<HealthView>().Refuses(503);
        app.MapGet("/metrics", GetMetrics.Handle)
            .WithName("GetMetrics")
            .WithTags("Health")
            .Produces<string>(200, "text/plain")
            .Needs(Right.Anonymous);
    }
}

/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
/// <param name="Warnings">What is wrong although reports are accepted: <c>agent_spool</c>, an agent cannot write its spool and keeps results in memory.</param>
internal sealed record HealthView(string Status, IReadOnlyList<string>? Warnings = null);

internal static class GetLive
{
    /// <summary>The process runs.</summary>
    public static HealthView Handle() => new("live");
}

internal static class GetReady
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private static readonly string[] AgentSpool = ["agent_spool"];

    /// <summary>Reports are accepted.</summary>
    public static async Task<IResult> Handle(
        IEventLog log,
        LiveAgents live,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            // Where the last write failed, only a write can tell that the next one will not: a full disk takes an empty commit.
            var probe = log.WriteFault is null ? Nothing() : ClockTick.At(time.GetUtcNow());
            await log.AppendAsync(probe, limit.Token);
            return Results.Ok(new HealthView("ready", live.HasSpoolFault ? AgentSpool : null));
        }
        catch (LogUnavailableException away)
        {
            return Fault.Of(away).Answer();
        }
        catch (Exception away) when (away is LogBusyException or NpgsqlException or OperationCanceledException)
        {
            return Fault.Unavailable.Answer();
        }
    }

    // Goes the whole way of an append, the lock and the commit included, but writes nothing.
    private static AppendRequest Nothing() =>
        new() { Streams = [new StreamAppend(Log.Journal, Guid.CreateVersion7(), [], null, 0)] };
}
