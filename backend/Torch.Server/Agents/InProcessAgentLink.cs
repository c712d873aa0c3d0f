using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Torch.Contracts;

namespace Torch.Server.Agents;

/// <summary>The link to agents in this process: channels, and nothing between them and the log.</summary>
internal sealed class InProcessAgentLink(Schedule schedule, ProbeIngest ingest) : IAgentLink
{
    private readonly record struct Listener(string Agent, ChannelWriter<RunProbe> Commands);

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<ProbeCompleted>> _runs = new();
    private readonly Lock _lock = new();
    private readonly List<Listener> _listeners = [];

    public IReadOnlyList<string> Agents
    {
        get
        {
            lock (_lock)
                return [.. _listeners.Select(l => l.Agent).Distinct(StringComparer.Ordinal)];
        }
    }

    public async Task<ProbeCompleted?> RunAsync(RunProbe run, CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<ProbeCompleted>(TaskCreationOptions.RunContinuationsAsynchronously);
        _runs[run.RunId] = result;
        try
        {
            return TrySend(run) ? await result.Task.WaitAsync(cancellationToken) : null;
        }
        finally
        {
            _runs.TryRemove(run.RunId, out _);
        }
    }

    public IAsyncEnumerable<IReadOnlyList<ScheduledCheck>> ChecksAsync(CancellationToken cancellationToken) =>
        schedule.WatchAsync(cancellationToken);

    public async IAsyncEnumerable<RunProbe> CommandsAsync(
        string agent,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var commands = Channel.CreateUnbounded<RunProbe>();
        var listener = new Listener(agent, commands.Writer);
        lock (_lock)
            _listeners.Add(listener);
        try
        {
            await foreach (var run in commands.Reader.ReadAllAsync(cancellationToken))
                yield return run;
        }
        finally
        {
            lock (_lock)
                _listeners.Remove(listener);
        }
    }

    public async Task<long> DeliverAsync(ResultDelivery delivery, CancellationToken cancellationToken)
    {
        var offset = await ingest.AppendAsync(delivery, cancellationToken);
        // Where the server stood elsewhere, they are durable only if it had taken all of them.
        if (offset >= delivery.To)
            foreach (var result in delivery.Results)
                if (_runs.TryGetValue(result.RunId, out var waiting))
                    waiting.TrySetResult(result);
        return offset;
    }

    private bool TrySend(RunProbe run)
    {
        lock (_lock)
            return _listeners.Count > 0 && _listeners[0].Commands.TryWrite(run);
    }
}
