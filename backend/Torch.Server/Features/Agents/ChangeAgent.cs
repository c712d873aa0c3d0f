using Torch.Contracts;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Agents;

internal static class ChangeAgent
{
    /// <summary>Give an agent another name or location.</summary>
    /// <remarks>In another location it runs that one's checks, within seconds.</remarks>
    public static Task<IResult> Handle(Guid id, HttpContext http, Commands commands, JournalStreams streams) =>
        commands.RunAsync<AgentChange>(
            http,
            null,
            (wanted, _) =>
                streams.ChangeAsync(
                    Journaled.Agent,
                    id,
                    http,
                    a => a.Change(wanted.Name ?? a.Name, wanted.Location ?? a.Location)
                )
        );
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
            _ => streams.ChangeAsync(Journaled.Agent, id, http, a => a.Remove())
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
        var change = await streams.ChangeAsync(Journaled.Agent, id, http, a => a.Rotate(key.Hash, until));
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
