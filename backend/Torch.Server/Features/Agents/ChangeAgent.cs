using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Agents;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Agents;

internal static class ChangeAgent
{
    /// <summary>Give an agent another name or location.</summary>
    /// <remarks>In another location it runs that one's checks, within seconds.</remarks>
    public static async Task<IResult> Handle(Guid id, HttpContext http, Commands commands, JournalStreams streams)
    {
        var body = await http.ReadJsonAsync<AgentChange>();
        var (name, location) = body.Value;
        return await commands.RunAsync(
            http,
            body.Bytes,
            _ => AgentDeciding.DecideAsync(id, http, streams, a => a.Change(name ?? a.Name, location ?? a.Location))
        );
    }
}

internal static class RemoveAgent
{
    /// <summary>Remove an agent.</summary>
    /// <remarks>Its keys open nothing any more, and others of its location run its checks. What it found stays.</remarks>
    public static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        Commands commands,
        JournalStreams streams,
        AgentKeys keys
    )
    {
        var answer = await commands.RunAsync(
            http,
            [],
            _ => AgentDeciding.DecideAsync(id, http, streams, a => a.Remove())
        );
        keys.Forget(id);
        return answer;
    }
}

internal static class RotateKey
{
    /// <summary>How long the key before the new one goes on working.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    private static readonly Fault Contended = new(
        409,
        "contended",
        "Others change the same agent. Try again.",
        RetryAfterSeconds: 1
    );

    /// <summary>Give an agent a further key.</summary>
    /// <remarks>The answer holds it, told this once. The key before it works for 24 hours more; older ones cease at once.</remarks>
    public static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        IEventLog log,
        JournalStreams streams,
        Appended appended,
        AgentKeys keys,
        TimeProvider time
    )
    {
        var (key, until) = (KeyText.Make(id), time.GetUtcNow() + Overlap);
        var change = await AgentDeciding.DecideAsync(id, http, streams, a => a.Rotate(key.Hash, until));
        var request = new AppendRequest { Streams = change.Streams };
        if (await log.AppendAsync(request, http.RequestAborted) is not AppendOutcome.Appended done)
            return Contended.Answer();
        appended.Note(done.Position);
        keys.Forget(id);
        http.Response.SetETag(change.Version);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new AgentKey(id, key.Text, until, done.Position, change.Version));
    }
}

/// <summary>A change of one agent that exists.</summary>
internal static class AgentDeciding
{
    public static async Task<Change> DecideAsync(
        Guid id,
        HttpContext http,
        JournalStreams streams,
        Func<Agent, Decision> decide
    )
    {
        var (agent, version) = await streams.AgentAsync(id, http.RequestAborted);
        if (!agent.Exists)
            throw new FaultException(Fault.NotFound("agent"));
        http.Request.RequireMatch(version);
        var events = decide(agent).EventsOrRefuse();
        var append = JournalStreams.OfAgent(id, events, version, EventHeaders.Of(http));
        return new Change(id, [append], version + events.Count);
    }
}
