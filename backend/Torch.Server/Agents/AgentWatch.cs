using Npgsql;
using Torch.Contracts;
using Torch.Domain.Agents;
using Torch.EventStore;
using Torch.Server.Evaluating;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Agents;

/// <summary>
/// Keeps the table of live agents true, twice a second. 1: open it when this server leads, close it when another does. 2: hand out
/// checks that have changed. 3: let go of agents that are silent. 4: record what came and went.
/// </summary>
internal sealed class AgentWatch(
    LiveAgents live,
    AgentSessions sessions,
    GapWatch gaps,
    Schedule schedule,
    Evaluation evaluation,
    ProjectionRunner runner,
    NpgsqlDataSource db,
    TimeProvider time,
    ILogger<AgentWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    // Whoever was not lost when a server last looked may come back to this one; also the agent inside that server, if it was this one.
    private const string Known = AgentReading.Rows + " where epoch > 0 and lost_at is null";

    private static readonly HashSet<string> Changes = new(StringComparer.Ordinal)
    {
        EventCodec.AliasOf<AgentChanged>(),
        EventCodec.AliasOf<AgentRemoved>(),
    };

    private static readonly string Program = typeof(AgentWatch).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    private IReadOnlyList<PlacedCheck> _checks = [];
    private Task _changed = Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var feed = runner.OnApplied(OnApplied);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                var isAway = exception is NpgsqlException or LogUnavailableException or LogBusyException;
                logger.Log(
                    isAway ? LogLevel.Debug : LogLevel.Error,
                    exception,
                    "The table of agents stands still for a moment"
                );
            }
            await RestAsync(stoppingToken);
        }
    }

    // A change of a check cuts it short.
    private async Task RestAsync(CancellationToken ct)
    {
        var tick = Task.Delay(Tick, time, ct);
        await Task.WhenAny(_changed.IsCompleted ? tick : _changed, tick);
    }

    private async Task StepAsync(CancellationToken ct)
    {
        if (evaluation.IsFollowing)
            live.Close();
        if (!live.IsOpen && !evaluation.IsLeading)
            return;
        await TakeChangesAsync(ct);
        if (!live.IsOpen)
            await OpenAsync(ct);
        var silent = live.Look();
        // While the database is away nobody is lost: whoever could be told of it is not there either.
        if (!evaluation.IsLeading)
            return;
        foreach (var member in silent)
            await LoseAsync(member, ct);
        foreach (var member in live.Unrecorded())
        {
            await sessions.ConnectLocalAsync(member, Program, ct);
            live.Recorded(member.Id);
        }
        await gaps.LookAsync(_checks, ct);
    }

    private async Task TakeChangesAsync(CancellationToken ct)
    {
        if (live.IsOpen && !_changed.IsCompleted)
            return;
        var changed = schedule.Changed();
        _checks = await schedule.ReadAsync(ct);
        _changed = changed;
        if (live.IsOpen)
            live.Take(_checks);
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        var known = await db.QueryAsync(Known, [], r => AgentReading.Row(r).View, ct);
        await gaps.OpenAsync(ct);
        live.Open(_checks, [.. known.Select(Restored)]);
        logger.LogInformation("Handing out {Checks} checks; {Agents} agents may come back", _checks.Count, known.Count);
    }

    private static Member Restored(AgentView agent) =>
        new(agent.Id, agent.Name, agent.Location, agent.Epoch, isLocal: false)
        {
            Kinds = agent.Kinds.Select(k => Enum.Parse<CheckKind>(k, ignoreCase: true)).ToHashSet(),
        };

    private async Task LoseAsync(Member member, CancellationToken ct)
    {
        // Gone before it is written: others take over at once, also where writing takes a while.
        live.Leave(member.Id);
        logger.LogWarning("Agent {Agent} in {Location} is away: others run its checks", member.Name, member.Location);
        await sessions.LoseAsync(member, live.SeenAt(member), ct);
    }

    private ValueTask OnApplied(AppliedBatch batch)
    {
        foreach (var recorded in batch.Events)
            switch (Changes.Contains(recorded.Type) ? EventCodec.TryDecode(recorded, out _) : null)
            {
                case AgentChanged e:
                    live.Change(e.AgentId, e.Name, e.Location);
                    break;
                case AgentRemoved e:
                    live.Leave(e.AgentId);
                    break;
            }
        return ValueTask.CompletedTask;
    }
}
