using System.Text.Json;
using Torch.Domain;
using Torch.Domain.History;
using Torch.Domain.Nodes;
using Torch.Domain.Notices;
using Torch.Domain.Statuses;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Notifying;

/// <summary>Everything that telling follows from, folded from the journal alone; several threads may ask.</summary>
internal sealed class NoticeState(ILogger logger)
{
    private static readonly Type[] Structural =
    [
        typeof(NodeCreated),
        typeof(NodeRenamed),
        typeof(NodeDeleted),
        typeof(NodeRemoved),
        typeof(NodeServicePeriodChanged),
        typeof(ChildLinked),
        typeof(ChildUnlinked),
    ];

    private static readonly HashSet<string> Moving = Aliases(Structural);

    /// <summary>The events that are folded, and no others.</summary>
    public static IReadOnlySet<string> Types { get; } =
        Aliases([
            .. Structural,
            typeof(NodeTransitioned),
            typeof(NodeMarked),
            typeof(HistoryRevised),
            typeof(StatusDefined),
            typeof(StatusChanged),
            typeof(StatusRemoved),
            typeof(ChannelCreated),
            typeof(ChannelChanged),
            typeof(ChannelSecretRotated),
            typeof(ChannelDisabled),
            typeof(ChannelDeleted),
            typeof(NoticeRuleCreated),
            typeof(NoticeRuleChanged),
            typeof(NoticeRuleDeleted),
            typeof(NoticeRaised),
            typeof(NoticeDelivered),
            typeof(NoticeAttemptFailed),
            typeof(NoticeReplayed),
        ]);

    private readonly Lock _lock = new();
    private readonly NoticeBoard _board = new();
    private readonly Outbox _outbox = new();
    private long _position;
    private long _version;
    private bool _hasMoved = true;

    /// <summary>The events up to it are folded.</summary>
    public long Position
    {
        get
        {
            lock (_lock)
                return _position;
        }
    }

    /// <summary>Whether time alone may bring something about.</summary>
    public bool IsWaiting
    {
        get
        {
            lock (_lock)
                return _board.IsWaiting;
        }
    }

    /// <summary>How many messages are on their way.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _outbox.Waiting;
        }
    }

    /// <summary>Whether the trees are others than at the last call.</summary>
    public bool TakeMoved()
    {
        lock (_lock)
        {
            var moved = _hasMoved;
            _hasMoved = false;
            return moved;
        }
    }

    public void Fold(EventPage page)
    {
        lock (_lock)
        {
            foreach (var recorded in page.Events)
                if (recorded.Position > _position && Types.Contains(recorded.Type))
                    Fold_NeedsLock(recorded);
            _position = Math.Max(_position, page.Through);
        }
    }

    /// <summary>What is to be told now, and the version of the stream of notices that it was decided at.</summary>
    public (IReadOnlyList<NoticeRaised> Notices, long Version, long Position) Decide(
        DateTimeOffset now,
        INoticePlaces places
    )
    {
        lock (_lock)
            return (_board.Decide(now, _version, places), _version, _position);
    }

    /// <summary>Takes what this process has just put into the log; it comes by once more, or has done so already.</summary>
    /// <param name="version">That of the stream before them.</param>
    public void Raised(IReadOnlyList<NoticeRaised> notices, long version)
    {
        lock (_lock)
            foreach (var notice in notices)
            {
                if (++version <= _version)
                    continue;
                _version = version;
                _board.Fold(_position, notice.At, notice);
                _outbox.Fold(notice);
            }
    }

    public IReadOnlyList<(Pending Pending, Channel Channel, string? Rule)> Take(DateTimeOffset now, int most)
    {
        lock (_lock)
            return
            [
                .. _outbox
                    .Take(now, most)
                    .Select(p => (p, _outbox.ChannelOf(p.ChannelId), _outbox.RuleNameOf(p.Notice.RuleId))),
            ];
    }

    /// <summary>An attempt is over; what came of it is in the log.</summary>
    public void Settle(Guid channelId, IEnumerable<IEvent> outcome)
    {
        lock (_lock)
        {
            foreach (var @event in outcome)
                _outbox.Fold(@event);
            _outbox.Free(channelId);
        }
    }

    private void Fold_NeedsLock(RecordedEvent recorded)
    {
        _hasMoved |= Moving.Contains(recorded.Type);
        if (recorded.StreamId == WellKnown.Notices)
        {
            // What this process raised itself is folded already.
            if (recorded.Version <= _version)
                return;
            _version = recorded.Version;
        }
        if (Decode(recorded) is not { } @event)
            return;
        _board.Fold(recorded.Position, recorded.Timestamp, @event);
        _outbox.Fold(@event);
    }

    private IEvent? Decode(RecordedEvent recorded)
    {
        var @event = EventCodec.TryDecode(recorded, out JsonException? fault);
        if (fault is not null)
            logger.LogError(fault, "Notices pass over {Type} at {Position}", recorded.Type, recorded.Position);
        return @event;
    }

    private static HashSet<string> Aliases(IEnumerable<Type> types) =>
        types.Select(EventCodec.AliasOf).ToHashSet(StringComparer.Ordinal);
}
