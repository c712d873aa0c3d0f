namespace Torch.EventStore.Appending;

/// <summary>The members of one commit as the arrays that <c>torch_log.append</c> takes. Members, slots and appends count from 1.</summary>
internal sealed class GroupCommit
{
    private readonly Dictionary<(Log, Guid), int> _slots = [];

    public GroupCommit(IReadOnlyList<PendingAppend> members)
    {
        Members = members;
        for (var m = 0; m < members.Count; m++)
            Add(m + 1, members[m]);
    }

    public IReadOnlyList<PendingAppend> Members { get; }

    public List<short> SlotLogs { get; } = [];
    public List<Guid> SlotIds { get; } = [];
    public List<string?> SlotTypes { get; } = [];
    public List<int> SlotCounts { get; } = [];

    public List<int> AppendMembers { get; } = [];
    public List<int> AppendSlots { get; } = [];
    public List<int> AppendCounts { get; } = [];
    public List<long?> AppendExpected { get; } = [];

    public List<int> KeyMembers { get; } = [];
    public List<string> KeyScopes { get; } = [];
    public List<string> KeyValues { get; } = [];
    public List<byte[]> KeyHashes { get; } = [];
    public List<byte[]> KeyAnswers { get; } = [];
    public List<int?> KeyOffsets { get; } = [];

    public List<int> MoveMembers { get; } = [];
    public List<string> MoveNames { get; } = [];
    public List<long> MoveFroms { get; } = [];
    public List<long> MoveTos { get; } = [];

    public List<int> OffsetMembers { get; } = [];
    public List<Guid> OffsetSpools { get; } = [];
    public List<long> OffsetFroms { get; } = [];
    public List<long> OffsetTos { get; } = [];

    public List<int> EventMembers { get; } = [];
    public List<int> EventSlots { get; } = [];
    public List<int> EventOrdinals { get; } = [];
    public List<Guid> EventIds { get; } = [];
    public List<string> EventTypes { get; } = [];
    public List<ReadOnlyMemory<byte>> EventData { get; } = [];
    public List<EventMetadata?> EventMetadata { get; } = [];

    /// <summary>The offset of each member's last event, null for a member without events.</summary>
    public List<int?> LastOffsets { get; } = [];

    public bool HasExpectedVersions { get; private set; }

    public bool WantsHead { get; private set; }

    private void Add(int member, PendingAppend append)
    {
        foreach (var stream in append.Request.Streams)
            AddStream(member, stream);
        int? lastOffset = append.EventCount > 0 ? EventIds.Count - 1 : null;
        LastOffsets.Add(lastOffset);
        WantsHead |= lastOffset is null;
        if (append.Request.Key is { } key)
            AddKey(member, key, lastOffset);
        if (append.Request.Checkpoint is { } move)
            AddMove(member, move);
        if (append.Request.Spool is { } spool)
            AddOffset(member, spool);
    }

    private void AddStream(int member, StreamAppend stream)
    {
        var slot = SlotOf(stream);
        AppendMembers.Add(member);
        AppendSlots.Add(slot);
        AppendCounts.Add(stream.Events.Count);
        AppendExpected.Add(stream.ExpectedVersion);
        HasExpectedVersions |= stream.ExpectedVersion is not null;
        foreach (var @event in stream.Events)
            AddEvent(member, slot, stream.Log, @event);
    }

    private int SlotOf(StreamAppend stream)
    {
        if (_slots.TryGetValue((stream.Log, stream.StreamId), out var known))
        {
            SlotTypes[known - 1] ??= stream.StreamType;
            return known;
        }
        SlotLogs.Add((short)stream.Log);
        SlotIds.Add(stream.StreamId);
        SlotTypes.Add(stream.StreamType);
        SlotCounts.Add(0);
        return _slots[(stream.Log, stream.StreamId)] = SlotIds.Count;
    }

    private void AddEvent(int member, int slot, Log log, EventData @event)
    {
        EventMembers.Add(member);
        EventSlots.Add(slot);
        EventOrdinals.Add(++SlotCounts[slot - 1]);
        EventIds.Add(@event.Id);
        EventTypes.Add(@event.Type);
        EventData.Add(@event.Data);
        EventMetadata.Add(log == Log.Journal ? @event.Metadata : null);
    }

    private void AddKey(int member, IdempotencyKey key, int? lastOffset)
    {
        KeyMembers.Add(member);
        KeyScopes.Add(key.Scope);
        KeyValues.Add(key.Key);
        KeyHashes.Add(key.RequestHash.ToArray());
        KeyAnswers.Add(key.Answer.ToArray());
        KeyOffsets.Add(lastOffset);
    }

    private void AddOffset(int member, SpoolMove spool)
    {
        OffsetMembers.Add(member);
        OffsetSpools.Add(spool.SpoolId);
        OffsetFroms.Add(spool.From);
        OffsetTos.Add(spool.To);
    }

    private void AddMove(int member, CheckpointMove move)
    {
        MoveMembers.Add(member);
        MoveNames.Add(move.Projection);
        MoveFroms.Add(move.From);
        MoveTos.Add(move.To);
    }
}
