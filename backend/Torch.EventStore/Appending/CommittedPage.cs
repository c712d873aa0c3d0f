namespace Torch.EventStore.Appending;

/// <summary>What a commit has put into the log, as a reader would find it: whoever stands just before it need not ask the database.</summary>
/// <param name="After">The last position that had been drawn before.</param>
internal sealed record CommittedPage(long After, EventPage Page)
{
    /// <summary>Null where the commit brought no event.</summary>
    public static CommittedPage? Of(GroupCommit commit, GroupCommitResult result)
    {
        var count = commit.EventIds.Count;
        if (count == 0)
            return null;
        var events = new List<RecordedEvent>(count);
        var versions = result.VersionsBefore.ToArray();
        for (var i = 0; i < count; i++)
            if (!result.Refusals.ContainsKey(commit.EventMembers[i]))
                events.Add(Event(commit, result, i, ++versions[commit.EventSlots[i] - 1]));
        var after = result.FirstPosition - 1;
        return new CommittedPage(after, new EventPage(events, after + count, IsLive: true));
    }

    private static RecordedEvent Event(GroupCommit commit, GroupCommitResult result, int i, long version)
    {
        var slot = commit.EventSlots[i] - 1;
        return new RecordedEvent(
            (Log)commit.SlotLogs[slot],
            result.FirstPosition + i,
            commit.EventIds[i],
            commit.SlotIds[slot],
            version,
            commit.EventTypes[i],
            result.Timestamp,
            commit.EventData[i],
            commit.EventMetadata[i]
        );
    }
}
