using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Events;
using Torch.Server.Http;

namespace Torch.Server.Features;

/// <summary>A state with the version of the stream that it was folded from.</summary>
internal readonly record struct Versioned<T>(T State, long Version)
{
    /// <summary>Of its last event in the log; 0 without one.</summary>
    public long Position { get; init; }
}

/// <summary>A publication of rules with its place in the log.</summary>
internal sealed record Publication(RulesPublished Event, RecordedEvent Recorded)
{
    /// <summary>Who published them.</summary>
    public string? Author => Recorded.Metadata?.Headers?.GetValueOrDefault("actor");
}

/// <summary>Loads nodes and checks from their streams, and puts decisions back.</summary>
internal sealed class JournalStreams(IEventLog log)
{
    public Task<Versioned<Node>> NodeAsync(Guid id, CancellationToken ct) =>
        FoldAsync(id, Node.Initial, Node.Evolve, ct);

    public Task<Versioned<Check>> CheckAsync(Guid id, CancellationToken ct) =>
        FoldAsync(id, Check.Initial, Check.Evolve, ct);

    public Task<Versioned<T>> ReadAsync<T>(Journaled<T> kind, Guid id, CancellationToken ct) =>
        FoldAsync(id, kind.Initial, kind.Evolve, ct);

    /// <exception cref="FaultException">There is none.</exception>
    public async Task<Versioned<T>> ExistingAsync<T>(Journaled<T> kind, Guid id, CancellationToken ct)
    {
        var known = await ReadAsync(kind, id, ct);
        return kind.Exists(known.State) ? known : throw new FaultException(Fault.NotFound(kind.What));
    }

    /// <summary>A change of one that exists, at the version that If-Match asks for, by who may change the nodes that it hangs on.</summary>
    public async Task<Change> ChangeAsync<T>(
        Journaled<T> kind,
        Guid id,
        HttpContext http,
        Func<T, Decision> decide,
        string? reason = null
    )
    {
        var (state, version) = await ExistingAsync(kind, id, http.RequestAborted);
        await http.RequireWithinAsync(kind.Nodes(state));
        http.Request.RequireMatch(version);
        var events = decide(state).EventsOrRefuse();
        return Change.Of(id, kind.Append(id, events, version, EventHeaders.Of(http, reason)));
    }

    /// <summary>The version that a stream had at a position.</summary>
    public async Task<long> VersionAtAsync(Guid id, long position, CancellationToken ct)
    {
        var version = 0L;
        await foreach (var recorded in log.ReadStreamAsync(new StreamRead(Log.Journal, id), ct))
            if (recorded.Position <= position)
                version = recorded.Version;
        return version;
    }

    /// <summary>Every publication of a node's rules up to a position, oldest first; null where it does not exist at that position.</summary>
    public async Task<IReadOnlyList<Publication>?> PublicationsAsync(Guid id, long position, CancellationToken ct)
    {
        var publications = new List<Publication>();
        var exists = false;
        await foreach (var recorded in log.ReadStreamAsync(new StreamRead(Log.Journal, id), ct))
        {
            if (recorded.Position > position)
                break;
            var @event = EventCodec.Decode(recorded);
            exists = (exists || @event is NodeCreated) && @event is not NodeDeleted;
            if (@event is RulesPublished published)
                publications.Add(new(published, recorded));
        }
        return exists ? publications : null;
    }

    /// <summary>A node that exists, at the version that If-Match asks for.</summary>
    public async Task<Versioned<Node>> ExistingNodeAsync(HttpContext http, Guid id)
    {
        var node = await NodeAsync(id, http.RequestAborted);
        if (!node.State.Exists)
            throw new FaultException(Fault.NotFound("node"));
        http.Request.RequireMatch(node.Version);
        return node;
    }

    /// <summary>Whether somebody created the check, or a report brought it about.</summary>
    public async Task<bool> IsCheckAsync(Guid id, CancellationToken ct) =>
        (await CheckAsync(id, ct)).State.Exists || await IsReportedAsync(id, ct);

    private async Task<bool> IsReportedAsync(Guid id, CancellationToken ct) =>
        await log.StreamVersionAsync(Log.Telemetry, id, ct) > 0 && id != WellKnown.Clock;

    public static StreamAppend OfNode(Guid id, IReadOnlyList<IEvent> events, long expected, EventMetadata metadata) =>
        Append(id, events, "node", expected, metadata);

    public static StreamAppend OfCheck(Guid id, IReadOnlyList<IEvent> events, long expected, EventMetadata metadata) =>
        Append(id, events, "check", expected, metadata);

    public static StreamAppend OfTopology(IReadOnlyList<IEvent> events, long expected, EventMetadata metadata) =>
        Append(WellKnown.Topology, events, "topology", expected, metadata);

    public static StreamAppend OfStatuses(IReadOnlyList<IEvent> events, long expected, EventMetadata metadata) =>
        Append(WellKnown.Statuses, events, "statuses", expected, metadata);

    public static StreamAppend OfPeople(IReadOnlyList<IEvent> events, long expected, EventMetadata metadata) =>
        Append(WellKnown.People, events, "people", expected, metadata);

    public static StreamAppend OfKeys(IReadOnlyList<IEvent> events, long expected, EventMetadata metadata) =>
        Append(WellKnown.Keys, events, "keys", expected, metadata);

    private static StreamAppend Append(
        Guid id,
        IReadOnlyList<IEvent> events,
        string type,
        long expected,
        EventMetadata who
    ) =>
        new(Log.Journal, id, [.. events.Select(e => EventCodec.Encode(e, Guid.CreateVersion7(), who))], type, expected);

    private async Task<Versioned<T>> FoldAsync<T>(Guid id, T initial, Func<T, IEvent, T> evolve, CancellationToken ct)
    {
        var (state, version, position) = (initial, 0L, 0L);
        await foreach (var recorded in log.ReadStreamAsync(new StreamRead(Log.Journal, id), ct))
        {
            (version, position) = (recorded.Version, recorded.Position);
            if (EventCodec.Decode(recorded) is { } @event)
                state = evolve(state, @event);
        }
        return new(state, version) { Position = position };
    }
}
