using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Torch.Contracts;
using Torch.Domain;

namespace Torch.Server.Agents;

/// <summary>The link to agents: over channels where they are in this process, over HTTP (<c>/api/v1/agents/self</c>) where they are not.</summary>
internal sealed class AgentLink(LiveAgents live, ResultSieve sieve, ProbeIngest ingest) : IAgentLink
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<ProbeCompleted>> _runs = new();

    public IReadOnlyList<string> Agents => live.Names;

    public async Task<ProbeCompleted?> RunAsync(
        RunProbe run,
        IReadOnlyList<string> locations,
        CancellationToken cancellationToken
    )
    {
        if (live.Candidates(run.CheckId, run.Kind, locations) is not [var agent, ..])
            return null;
        using var asked = sieve.Ask(run.RunId);
        return await AskAsync(agent, run, cancellationToken);
    }

    public async Task<Trial?> TryAsync(
        RunProbe run,
        IReadOnlyList<string> locations,
        CancellationToken cancellationToken
    ) =>
        live.Candidates(run.CheckId, run.Kind, locations) is [var agent, ..]
            ? new(await AskAsync(agent, run with { IsTrial = true }, cancellationToken), agent.Location)
            : null;

    public void Answer(string agent, ProbeCompleted result) => Answer(Deliverer.Local(agent), result);

    /// <summary>What a trial met, as an agent elsewhere says.</summary>
    public void Answer(Deliverer agent, ProbeCompleted result)
    {
        if (_runs.TryGetValue(result.RunId, out var waiting))
            waiting.TrySetResult(result with { Agent = agent.Name });
    }

    private async Task<ProbeCompleted> AskAsync(Member agent, RunProbe run, CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<ProbeCompleted>(TaskCreationOptions.RunContinuationsAsynchronously);
        _runs[run.RunId] = result;
        try
        {
            agent.Runs.Writer.TryWrite(run);
            return await result.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _runs.TryRemove(run.RunId, out _);
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<ScheduledCheck>> ChecksAsync(
        string agent,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var id = AgentIds.InProcess(agent);
        var member = live.Attach(id, agent);
        try
        {
            var version = 0L;
            while (true)
                if (
                    await live.NextChecksAsync(member, version, Timeout.InfiniteTimeSpan, cancellationToken) is { } next
                )
                {
                    yield return next.Checks;
                    version = next.Version;
                }
        }
        finally
        {
            live.Detach(id);
        }
    }

    public void Report(string agent, Func<AgentHeartbeat>? status) => live.Ask(AgentIds.InProcess(agent), status);

    public async IAsyncEnumerable<RunProbe> CommandsAsync(
        string agent,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var id = AgentIds.InProcess(agent);
        var member = live.Attach(id, agent);
        try
        {
            await foreach (var run in member.Runs.Reader.ReadAllAsync(cancellationToken))
                yield return run;
        }
        finally
        {
            live.Detach(id);
        }
    }

    public Task<long> DeliverAsync(string agent, ResultDelivery delivery, CancellationToken cancellationToken) =>
        AppendAsync(delivery, Deliverer.Local(agent), Sifted.All(delivery.Results), cancellationToken);

    /// <summary>Takes what an agent elsewhere delivers.</summary>
    public async Task<long> DeliverAsync(
        Deliverer agent,
        ResultDelivery delivery,
        CancellationToken cancellationToken
    ) =>
        await AppendAsync(
            delivery,
            agent,
            await sieve.SiftAsync(delivery.Results, agent, cancellationToken),
            cancellationToken
        );

    private async Task<long> AppendAsync(
        ResultDelivery delivery,
        Deliverer agent,
        Sifted sifted,
        CancellationToken cancellationToken
    )
    {
        var offset = await ingest.AppendAsync(delivery, agent, sifted, cancellationToken);
        // Where the server stood elsewhere, they are durable only if it had taken all of them.
        if (offset >= delivery.To)
            foreach (var (result, _) in sifted.Taken)
                if (_runs.TryGetValue(result.RunId, out var waiting))
                    waiting.TrySetResult(result);
        return offset;
    }
}
