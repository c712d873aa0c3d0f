using System.Net;
using Torch.Agent.Logging;
using Torch.Contracts;

namespace Torch.Agent.Connection;

/// <summary>Heartbeats, with what the agent logged.</summary>
internal sealed class Heart(AgentApi api, AgentLogs? logs)
{
    private volatile bool _takesLines = true;

    /// <summary>Another session: the server may be another version.</summary>
    public void Begin() => _takesLines = true;

    public async Task BeatAsync(AgentSession session, AgentCondition? how, CancellationToken ct)
    {
        var beat = new AgentHeartbeat(session.Epoch, how?.Spool, how?.Lateness, how?.Warnings);
        var lines = _takesLines && logs?.Next() is { Count: > 0 } waiting ? waiting : null;
        try
        {
            await api.BeatAsync(beat with { Logs = lines }, ct);
        }
        catch (ServerRefusalException refusal) when (lines is not null && refusal.Status == HttpStatusCode.BadRequest)
        {
            // A server that does not know of lines yet: they must not cost the lease.
            _takesLines = false;
            await api.BeatAsync(beat, ct);
        }
        if (lines is not null)
            logs?.Sent(lines);
    }
}
