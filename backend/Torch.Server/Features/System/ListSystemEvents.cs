using System.Globalization;
using System.Text.Json;
using Npgsql;
using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Agents;
using Torch.Domain.Checks;
using Torch.Domain.Retention;
using Torch.Domain.Servers;
using Torch.Server.Events;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.SystemFacts;

internal static class ListSystemEvents
{
    // That nobody was there stands in the telemetry, and what it came to in a table of its own.
    private static readonly string Query = $"""
        select e.position, e.at, e.type, e.data::text, a.name, case when e.type = '{EventCodec.AliasOf<ServerStarted>()}' then (
            select b.data->>'version' from torch.service_events b
            where b.type = e.type and b.position < e.position order by b.position desc limit 1) end
        from (
            select position, at, type, data from torch.service_events
            union all
            select position, to_at, '{EventCodec.AliasOf<ServiceResumed>()}', jsonb_build_object('awaySince', from_at) from torch.absences
        ) e left join torch.agents a on a.id = (e.data->>'agentId')::uuid
        where e.position < $1 and ($2::timestamptz is null or e.at >= $2) and ($3::timestamptz is null or e.at < $3)
        order by e.position desc limit $4
        """;

    /// <summary>What became of Torch itself, newest first: starts, stops, upgrades, absences, agents that came and were lost, rebuilds, retention.</summary>
    /// <param name="from">RFC 3339, inclusive.</param>
    /// <param name="to">RFC 3339, exclusive.</param>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="before">The <c>next</c> of the page before.</param>
    public static async Task<Page<SystemEventView>> Handle(
        string? from,
        string? to,
        int? limit,
        string? before,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var position = reads.Position;
        object?[] arguments = [ReadBefore(before), TimeRange.Parse(from, "from"), TimeRange.Parse(to, "to"), most + 1];
        var rows = await db.QueryAsync(Query, arguments, Row, cancellationToken);
        return Paging.Of(rows, most, e => Cursor.Write(e.Position.ToString(CultureInfo.InvariantCulture)), position);
    }

    private static long ReadBefore(string? before)
    {
        if (Cursor.Read(before, 1, "before") is not [var key])
            return long.MaxValue;
        return long.TryParse(key, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new FaultException(Fault.Invalid("before", "is not a cursor that Torch gave"));
    }

    private static SystemEventView Row(NpgsqlDataReader row)
    {
        var (position, at, type) = (row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2));
        var @event = EventCodec.Decode(type, global::System.Text.Encoding.UTF8.GetBytes(row.GetString(3)));
        return Tell(@event, row.Maybe<string>(4), row.Maybe<string>(5), at) with { Position = position, At = at };
    }

    private static SystemEventView Tell(IEvent? @event, string? agent, string? versionBefore, DateTimeOffset at) =>
        @event switch
        {
            ServerStarted e when versionBefore is not null && versionBefore != e.Version => Of(
                SystemEventKind.Upgraded,
                $"{e.Server} started with Torch {e.Version} after {versionBefore}.",
                e.Server
            ),
            ServerStarted e => Of(SystemEventKind.Started, $"{e.Server} started with Torch {e.Version}.", e.Server),
            ServerStopped e => Of(SystemEventKind.Stopped, $"{e.Server} was stopped.", e.Server),
            ServiceResumed e => Of(
                SystemEventKind.Resumed,
                $"Torch was away for {Words(at - e.AwaySince)}.",
                since: e.AwaySince
            ),
            DatabaseRegained e => Of(
                SystemEventKind.DatabaseRegained,
                $"The database took no events from {e.Server} for {Words(at - e.LostAt)}.",
                e.Server,
                since: e.LostAt
            ),
            ProjectionRebuilt e => Of(SystemEventKind.Rebuilt, Sentence(e), since: e.BeganAt),
            AgentConnected e => Of(
                SystemEventKind.AgentConnected,
                $"{agent ?? "An agent"} came, from {e.Host} in {e.Location}.",
                agentId: e.AgentId
            ),
            AgentLost e => Of(
                SystemEventKind.AgentLost,
                $"{agent ?? "An agent"} was silent for too long.",
                agentId: e.AgentId,
                since: e.LastSeenAt
            ),
            PartitionDropped e => Of(
                SystemEventKind.Dropped,
                $"Retention removed the observations from position {Count(e.FromPosition)} to {Count(e.ToPosition - 1)}."
            ),
            _ => throw new JsonException($"{@event?.GetType().Name} is no event of Torch itself"),
        };

    private static SystemEventView Of(
        SystemEventKind kind,
        string text,
        string? server = null,
        Guid? agentId = null,
        DateTimeOffset? since = null
    ) => new(0, default, kind, since, server, agentId, text);

    private static string Sentence(ProjectionRebuilt e) =>
        e.Outcome switch
        {
            "swapped" => $"{e.Projection} was folded anew in {Words(e.EndedAt - e.BeganAt)}.",
            "cancelled" => $"The rebuild of {e.Projection} was given up.",
            "equal" => $"{e.Projection} was verified: it equals its rebuild.",
            _ => $"{e.Projection} was verified: it DIFFERS from its rebuild.",
        };

    private static string Words(TimeSpan span) =>
        span switch
        {
            { TotalSeconds: < 120 } => FormattableString.Invariant($"{Math.Max(0, span.TotalSeconds):0.#} s"),
            { TotalMinutes: < 120 } => FormattableString.Invariant($"{span.TotalMinutes:0} min"),
            { TotalHours: < 48 } => FormattableString.Invariant($"{span.TotalHours:0.#} h"),
            _ => FormattableString.Invariant($"{span.TotalDays:0.#} days"),
        };

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
