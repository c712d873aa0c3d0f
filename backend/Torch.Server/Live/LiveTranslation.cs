using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Annotations;
using Torch.Domain.History;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features;
using Torch.Server.Http;
using Model = Torch.Domain.Checks;

namespace Torch.Server.Live;

/// <summary>Events of the log as browsers hear them.</summary>
internal sealed class LiveTranslation(NpgsqlDataSource dataSource)
{
    private sealed record StructureChange(Guid NodeId, IReadOnlyList<Guid> ParentIds, string Change);

    private static readonly Dictionary<string, string> Changes = new(StringComparer.Ordinal)
    {
        [EventCodec.AliasOf<NodeCreated>()] = "created",
        [EventCodec.AliasOf<NodeRenamed>()] = "renamed",
        [EventCodec.AliasOf<NodeTagged>()] = "tagged",
        [EventCodec.AliasOf<NodeCheckChanged>()] = "check",
        [EventCodec.AliasOf<NodeStalenessChanged>()] = "staleness",
        [EventCodec.AliasOf<NodePaused>()] = "paused",
        [EventCodec.AliasOf<NodeResumed>()] = "resumed",
        [EventCodec.AliasOf<RulesPublished>()] = "rules",
        [EventCodec.AliasOf<NodeMarked>()] = "marked",
        [EventCodec.AliasOf<NodeServicePeriodChanged>()] = "service",
        [EventCodec.AliasOf<NodeDeleted>()] = "deleted",
        [EventCodec.AliasOf<ChildLinked>()] = "linked",
        [EventCodec.AliasOf<ChildUnlinked>()] = "unlinked",
        [EventCodec.AliasOf<DependencyAdded>()] = "dependency",
        [EventCodec.AliasOf<DependencyRemoved>()] = "dependency",
        [EventCodec.AliasOf<AnnotationAdded>()] = "annotated",
        [EventCodec.AliasOf<AnnotationRemoved>()] = "annotated",
    };

    // They move nothing: the hierarchy that was loaded stays as it is.
    private static readonly string[] Unmoved =
    [
        EventCodec.AliasOf<NodeMarked>(),
        EventCodec.AliasOf<AnnotationAdded>(),
        EventCodec.AliasOf<AnnotationRemoved>(),
    ];

    private static readonly string Transitioned = EventCodec.AliasOf<NodeTransitioned>();
    private static readonly string Revised = EventCodec.AliasOf<HistoryRevised>();

    private static readonly string[] Observed =
    [
        EventCodec.AliasOf<Model.ReportReceived>(),
        EventCodec.AliasOf<Model.ProbeCompleted>(),
    ];

    // What is gone from the newer one (a deleted node, a cut edge) is still in the older one.
    private readonly Lock _lock = new();
    private Hierarchy _before = Hierarchy.Empty;
    private Hierarchy? _now;
    private long _changes;

    /// <summary>Grows with every change of the structure, before what came with or after it is handed out.</summary>
    public long StructureChanges => Volatile.Read(ref _changes);

    /// <summary>The aliases of the journal that become live events.</summary>
    public static IReadOnlyCollection<string> JournalTypes { get; } = [.. Changes.Keys, Transitioned, Revised];

    /// <summary>The aliases of the telemetry that become live events.</summary>
    public static IReadOnlyCollection<string> TelemetryTypes => Observed;

    /// <summary>Sees every applied event, also while nobody listens.</summary>
    public void Note(IReadOnlyList<RecordedEvent> events)
    {
        if (!events.Any(e => Changes.ContainsKey(e.Type) && !Unmoved.Contains(e.Type)))
            return;
        lock (_lock)
        {
            _before = _now ?? _before;
            _now = null;
            Volatile.Write(ref _changes, _changes + 1);
        }
    }

    /// <summary>The live events among these, in order.</summary>
    public async Task<IReadOnlyList<LiveEvent>> TranslateAsync(
        IReadOnlyList<RecordedEvent> events,
        bool withObservations,
        CancellationToken cancellationToken
    )
    {
        var wanted = events.Where(e => IsHeard(e.Type, withObservations)).ToList();
        if (wanted.Count == 0)
            return [];
        var now = await NowAsync(cancellationToken);
        return [.. wanted.Select(e => Translate(now, e)).OfType<LiveEvent>()];
    }

    // What was loaded while the structure changed is good for this once, and not kept.
    private async Task<Hierarchy> NowAsync(CancellationToken cancellationToken)
    {
        long changes;
        lock (_lock)
        {
            if (_now is { } known)
                return known;
            changes = _changes;
        }
        var loaded = await Hierarchy.LoadAsync(dataSource, cancellationToken);
        lock (_lock)
            if (changes == _changes)
                _now = loaded;
        return loaded;
    }

    private static bool IsHeard(string type, bool withObservations) =>
        Changes.ContainsKey(type)
        || string.Equals(type, Transitioned, StringComparison.Ordinal)
        || string.Equals(type, Revised, StringComparison.Ordinal)
        || (withObservations && Observed.Contains(type));

    private LiveEvent? Translate(Hierarchy now, RecordedEvent recorded) =>
        EventCodec.TryDecode(recorded, out _) switch
        {
            NodeTransitioned e => Transition(now, recorded, e),
            HistoryRevised e => Revision(now, recorded, e),
            Model.ReportReceived e => Observation(now, recorded, e.CheckId, e.At),
            Model.ProbeCompleted e => Observation(now, recorded, e.CheckId, e.At),
            { } e => Structure(now, recorded, SubjectOf(e)),
            null => null,
        };

    private LiveEvent Transition(Hierarchy now, RecordedEvent recorded, NodeTransitioned e)
    {
        var view = new TransitionView(
            e.NodeId,
            now.NameOf(e.NodeId),
            e.From,
            e.To,
            e.At,
            e.Why.Sentence,
            recorded.Position,
            recorded.Timestamp,
            e.Suppressed
        );
        var live = Live(recorded, LiveFilter.Transition, e.NodeId, view, Above(now, [e.NodeId]));
        return e.Suppressed is null
            ? live
            : live with
            {
                Narrowed = sight => Bytes(view with { Suppressed = sight.OfAny(view.Suppressed) }),
            };
    }

    private LiveEvent Revision(Hierarchy now, RecordedEvent recorded, HistoryRevised e)
    {
        var view = new RevisionView(e.NodeId, now.NameOf(e.NodeId), e.From, e.To, recorded.Position);
        return Live(recorded, LiveFilter.Revised, e.NodeId, view, Above(now, [e.NodeId]));
    }

    private LiveEvent Structure(Hierarchy now, RecordedEvent recorded, Guid nodeId)
    {
        var view = new StructureChange(nodeId, now.ParentsOf(nodeId), Changes[recorded.Type]);
        return Live(recorded, LiveFilter.Structure, nodeId, view, Above(now, [nodeId])) with
        {
            Narrowed = sight => Bytes(view with { ParentIds = sight.Of(view.ParentIds) }),
        };
    }

    private LiveEvent Observation(Hierarchy now, RecordedEvent recorded, Guid checkId, DateTimeOffset at)
    {
        var row = new ObservationRow(recorded.Type, recorded.Data.ToArray(), recorded.Position, at, recorded.Timestamp);
        var view = JsonSerializer.SerializeToNode(Observations.View(row), ApiJson.Output)!.AsObject();
        view.Insert(0, "checkId", JsonValue.Create(checkId));
        return Live(recorded, LiveFilter.Observation, checkId, view, Above(now, now.NodesOf(checkId))) with
        {
            Nodes = [.. now.NodesOf(checkId)],
        };
    }

    private static LiveEvent Live(
        RecordedEvent recorded,
        string kind,
        Guid subject,
        object view,
        HashSet<Guid> above
    ) => new(recorded.Position, kind, subject, Bytes(view), above) { Nodes = [subject] };

    private static byte[] Bytes(object view) =>
        JsonSerializer.SerializeToUtf8Bytes(view, view.GetType(), ApiJson.Output);

    /// <summary>That the structure is another one, and no more: for who does not see any longer what moved.</summary>
    /// <param name="root">Of those that they see.</param>
    public static byte[] Elsewhere(Guid root) => Bytes(new StructureChange(root, [], "sight"));

    private HashSet<Guid> Above(Hierarchy now, IEnumerable<Guid> nodes)
    {
        var above = new HashSet<Guid>();
        foreach (var node in nodes)
        {
            now.AddAbove(node, above);
            above.Remove(node);
            _before.AddAbove(node, above);
        }
        return above;
    }

    private static Guid SubjectOf(IEvent @event) =>
        @event switch
        {
            NodeCreated e => e.NodeId,
            NodeRenamed e => e.NodeId,
            NodeTagged e => e.NodeId,
            NodeCheckChanged e => e.NodeId,
            NodeStalenessChanged e => e.NodeId,
            NodePaused e => e.NodeId,
            NodeResumed e => e.NodeId,
            NodeDeleted e => e.NodeId,
            NodeMarked e => e.NodeId,
            NodeServicePeriodChanged e => e.NodeId,
            RulesPublished e => e.NodeId,
            ChildLinked e => e.ChildId,
            ChildUnlinked e => e.ChildId,
            DependencyAdded e => e.NodeId,
            DependencyRemoved e => e.NodeId,
            AnnotationAdded e => e.NodeId,
            AnnotationRemoved e => e.NodeId,
            _ => throw new InvalidOperationException($"{@event.GetType().Name} concerns no node"),
        };
}
