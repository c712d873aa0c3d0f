using Npgsql;
using Torch.Domain.Agents;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Agents;

/// <summary>One session of an agent in one location.</summary>
/// <param name="To">Null while it lasts.</param>
/// <param name="Kinds">What it could run.</param>
internal sealed record SessionSpan(
    Guid AgentId,
    string Location,
    DateTimeOffset From,
    DateTimeOffset? To,
    IReadOnlySet<string> Kinds
)
{
    public bool Holds(DateTimeOffset at) => From <= at && !(To <= at);
}

/// <summary>Who held a check at a time, as the journal's sessions say: a result of anybody else is stale.</summary>
internal sealed class Holders(NpgsqlDataSource db, ProjectionRunner runner, TimeProvider time) : IHostedService
{
    /// <summary>Two machines' clocks may differ, and a list takes a moment to arrive: so near to a move a result is not stale.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    // No result comes later than a spool lasts; what is older still is not marked.
    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    private const string Spans = """
        select agent_id, location, connected_at, ended_at, kinds from torch.agent_sessions
        where ended_at is null or ended_at > $1
        """;

    private static readonly HashSet<string> Changes = new(StringComparer.Ordinal)
    {
        EventCodec.AliasOf<AgentConnected>(),
        EventCodec.AliasOf<AgentLost>(),
        EventCodec.AliasOf<AgentChanged>(),
        EventCodec.AliasOf<AgentRemoved>(),
    };

    private volatile IReadOnlyList<SessionSpan>? _spans;
    private volatile int _changes;
    private IDisposable? _feed;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _feed = runner.OnApplied(batch =>
        {
            if (batch.Events.Any(e => Changes.Contains(e.Type)))
                (_changes, _spans) = (_changes + 1, null);
            return ValueTask.CompletedTask;
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _feed?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>The sessions that matter for what comes now.</summary>
    public async Task<IReadOnlyList<SessionSpan>> SpansAsync(CancellationToken ct)
    {
        if (_spans is { } known)
            return known;
        var changes = _changes;
        var spans = await db.QueryAsync(Spans, [time.GetUtcNow() - Memory], Span, ct);
        // What was read while they changed is good for once.
        if (changes == _changes)
            _spans = spans;
        return spans;
    }

    /// <summary>Whether somebody else held the check when the agent says that it probed it.</summary>
    public static bool IsStale(
        IReadOnlyList<SessionSpan> spans,
        Guid agent,
        string location,
        (Guid Id, string Kind, IReadOnlyList<string> Locations) check,
        DateTimeOffset at
    ) =>
        !Held(spans, agent, location, check, at)
        && !Held(spans, agent, location, check, at - Tolerance)
        && !Held(spans, agent, location, check, at + Tolerance);

    // Where nobody else was there, nobody else could hold it.
    private static bool Held(
        IReadOnlyList<SessionSpan> spans,
        Guid agent,
        string location,
        (Guid Id, string Kind, IReadOnlyList<string> Locations) check,
        DateTimeOffset at
    )
    {
        var own = spans.FirstOrDefault(s => s.AgentId == agent && s.Holds(at))?.Location ?? location;
        if (!check.Locations.Contains(own, StringComparer.Ordinal))
            return false;
        var able = spans
            .Where(s => s.Location == own && s.Holds(at) && s.Kinds.Contains(check.Kind))
            .Select(s => s.AgentId)
            .ToList();
        return able.Count == 0 || Rendezvous.Holder(check.Id, able) == agent;
    }

    private static SessionSpan Span(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetString(1),
            row.GetFieldValue<DateTimeOffset>(2),
            row.Maybe<DateTimeOffset?>(3),
            row.GetFieldValue<string[]>(4).ToHashSet(StringComparer.Ordinal)
        );
}
