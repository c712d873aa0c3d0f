using Npgsql;
using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Nodes;
using Torch.Domain.Statuses;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Events;
using Torch.Server.Http;
using Torch.Server.Projecting;
using Model = Torch.Domain.Slo;

namespace Torch.Server.Features.Slos;

/// <summary>An objective as it stood at a position.</summary>
/// <param name="Authors">Who excluded what.</param>
internal sealed record KnownObjective(
    Model.Objective Objective,
    Model.ObjectiveSettings? Last,
    long Version,
    string? CreatedBy,
    DateTimeOffset CreatedAt,
    IReadOnlyDictionary<Guid, string?> Authors
)
{
    public IReadOnlyList<ExclusionView> Exclusions =>
        [
            .. Objective
                .Exclusions.OrderBy(x => x.From)
                .ThenBy(x => x.Id)
                .Select(x => new ExclusionView(x.Id, x.From, x.To, x.Reason, Authors.GetValueOrDefault(x.Id))),
        ];
}

/// <summary>Reads objectives, and what they are judged by, from the journal, as they stood at a position.</summary>
internal sealed class ObjectiveReading(IEventLog log)
{
    public async Task<KnownObjective> AtAsync(Guid id, long position, CancellationToken ct)
    {
        var known = new KnownObjective(
            Model.Objective.Initial,
            null,
            0,
            null,
            default,
            new Dictionary<Guid, string?>()
        );
        var authors = new Dictionary<Guid, string?>();
        await foreach (var recorded in StreamAsync(id, position, ct))
        {
            var actor = recorded.Metadata?.Headers?.GetValueOrDefault(EventHeaders.Actor);
            if (EventCodec.Decode(recorded) is not { } @event)
                continue;
            if (@event is Model.ObjectiveCreated)
                known = known with { CreatedBy = actor, CreatedAt = recorded.Timestamp };
            if (@event is Model.ObjectiveTimeExcluded excluded)
                authors[excluded.ExclusionId] = actor;
            var objective = Model.Objective.Evolve(known.Objective, @event);
            known = known with
            {
                Objective = objective,
                Last = objective.Settings ?? known.Last,
                Version = recorded.Version,
            };
        }
        return known with { Authors = authors };
    }

    /// <summary>The workspace's statuses at a position.</summary>
    public async Task<StatusCatalog> StatusesAsync(long position, CancellationToken ct)
    {
        var events = new List<IEvent>();
        await foreach (var recorded in StreamAsync(WellKnown.Statuses, position, ct))
            if (EventCodec.Decode(recorded) is { } @event)
                events.Add(@event);
        return StatusCatalog.BuiltIn.Fold(events);
    }

    /// <summary>A node's settings at a position, and from when to when it was there.</summary>
    public async Task<KnownNode> NodeAsync(Guid id, long position, CancellationToken ct)
    {
        var (node, deleted) = (Domain.Nodes.Node.Initial, default(DateTimeOffset?));
        await foreach (var recorded in StreamAsync(id, position, ct))
        {
            if (EventCodec.Decode(recorded) is not { } @event)
                continue;
            node = Domain.Nodes.Node.Evolve(node, @event);
            if (@event is Domain.Nodes.NodeDeleted)
                deleted = recorded.Timestamp;
        }
        return new(id, node.Name, node.CheckId, node.RulesVersion, deleted, node.ServicePeriod);
    }

    private async IAsyncEnumerable<RecordedEvent> StreamAsync(
        Guid id,
        long position,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (var recorded in log.ReadStreamAsync(new StreamRead(Log.Journal, id), ct))
            if (recorded.Position <= position)
                yield return recorded;
            else
                yield break;
    }
}

/// <summary>A node as a report needs it.</summary>
internal sealed record KnownNode(
    Guid Id,
    string Name,
    Guid? CheckId,
    long RulesVersion,
    DateTimeOffset? DeletedAt,
    ServicePeriod? ServicePeriod
);

internal static class GetObjective
{
    /// <summary>One objective with what it leaves out.</summary>
    public static async Task<ObjectiveView> Handle(
        Guid id,
        HttpContext http,
        ObjectiveReading reading,
        IReadPosition reads,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        var position = reads.Position;
        var known = await reading.AtAsync(id, long.MaxValue, cancellationToken);
        if (!known.Objective.Exists || !sight.Shows(known.Objective.Settings!.NodeId))
            throw new FaultException(Fault.NotFound("objective"));
        http.Response.SetETag(known.Version);
        return SloMapping.View(id, known, position);
    }
}

internal static class ListObjectives
{
    private const string Query = """
        select id, name from torch.objectives
        where ($1::text is null or (name, id) > ($1, $2::uuid)) and ($3::uuid[] is null or node_id = any($3))
        order by name, id limit $4
        """;

    /// <summary>All objectives, by name.</summary>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    public static async Task<Page<ObjectiveView>> Handle(
        int? limit,
        string? after,
        NpgsqlDataSource db,
        ObjectiveReading reading,
        IReadPosition reads,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        var (most, (name, id)) = (Limit.Of(limit), Cursor.ReadNameAndId(after));
        var position = reads.Position;
        var found = await db.QueryAsync(
            Query,
            [name, id, sight.Nodes, most + 1],
            r => (Id: r.GetGuid(0), Name: r.GetString(1)),
            cancellationToken
        );
        var page = Paging.Of(found, most, o => Cursor.Write(o.Name, o.Id), position);
        var views = new List<ObjectiveView>();
        foreach (var (one, _) in page.Items)
            if (
                await reading.AtAsync(one, long.MaxValue, cancellationToken)
                    is { Objective.Settings: { } settings } known
                && sight.Shows(settings.NodeId)
            )
                views.Add(SloMapping.View(one, known, page.Position));
        return new(views, page.Next, page.Position);
    }
}
