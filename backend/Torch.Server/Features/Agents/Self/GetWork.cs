using System.Threading.Channels;
using Torch.Contracts;
using Torch.Server.Agents;
using Torch.Server.Http;

namespace Torch.Server.Features.Agents;

/// <summary>How long an agent's question is held open. The server's stop ends it at once.</summary>
internal static class LongPoll
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    public static CancellationTokenSource Until(HttpContext http, IHostApplicationLifetime lifetime) =>
        CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);

    public static readonly Fault Stopping = new(503, "stopping", "Torch is stopping.", RetryAfterSeconds: 2);
}

internal static class GetChecks
{
    /// <summary>The checks to run, as soon as they are others.</summary>
    /// <remarks>With an agent's key only. Held open for up to 25 s; 204 where nothing has changed by then. To ask with a version says that its list is at work.</remarks>
    /// <param name="epoch">Of the session.</param>
    /// <param name="version">Of the list that is at work; 0 for none.</param>
    public static async Task<IResult> Handle(
        long epoch,
        long? version,
        HttpContext http,
        SelfAgents self,
        LiveAgents live,
        IHostApplicationLifetime lifetime
    )
    {
        var member = await self.LiveAsync(http, epoch);
        using var until = LongPoll.Until(http, lifetime);
        try
        {
            var next = await live.NextChecksAsync(member, version ?? 0, LongPoll.Longest, until.Token);
            // While it waited it may have been lost, or fenced.
            await self.LiveAsync(http, epoch);
            return next is null ? Results.NoContent() : Results.Ok(next);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return LongPoll.Stopping.Answer();
        }
    }
}

internal static class GetRuns
{
    /// <summary>Probes to run now, as soon as somebody asks for one.</summary>
    /// <remarks>With an agent's key only. Held open for up to 25 s; empty where nobody has asked by then.</remarks>
    /// <param name="epoch">Of the session.</param>
    public static async Task<IReadOnlyList<RunProbe>> Handle(
        long epoch,
        HttpContext http,
        SelfAgents self,
        LiveAgents live,
        IHostApplicationLifetime lifetime
    )
    {
        var member = await self.LiveAsync(http, epoch);
        live.Renew(member);
        using var until = LongPoll.Until(http, lifetime);
        until.CancelAfter(LongPoll.Longest);
        var runs = member.Runs.Reader;
        try
        {
            await runs.WaitToReadAsync(until.Token);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return [];
        }
        return Taken(runs);
    }

    private static List<RunProbe> Taken(ChannelReader<RunProbe> runs)
    {
        var taken = new List<RunProbe>();
        while (taken.Count < 1_000 && runs.TryRead(out var run))
            taken.Add(run);
        return taken;
    }
}
