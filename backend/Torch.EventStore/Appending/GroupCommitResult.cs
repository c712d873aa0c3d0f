using Npgsql;

namespace Torch.EventStore.Appending;

/// <summary>What <c>torch_log.append</c> answered, told to each member in its own terms.</summary>
internal sealed record GroupCommitResult(
    long FirstPosition,
    DateTimeOffset Timestamp,
    long[] VersionsBefore,
    long Head,
    IReadOnlyDictionary<int, GroupCommitResult.Refusal> Refusals
)
{
    internal sealed record Refusal(short Kind, long Number, int Append, byte[]? Answer);

    public static async Task<GroupCommitResult> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken);
        var refusals = new Dictionary<int, Refusal>();
        if (!reader.IsDBNull(4))
        {
            var members = reader.GetFieldValue<int[]>(4);
            var kinds = reader.GetFieldValue<short[]>(5);
            var numbers = reader.GetFieldValue<long[]>(6);
            var appends = reader.GetFieldValue<int[]>(7);
            var answers = reader.GetFieldValue<byte[]?[]>(8);
            for (var i = 0; i < members.Length; i++)
                refusals.TryAdd(members[i], new Refusal(kinds[i], numbers[i], appends[i], answers[i]));
        }
        return new GroupCommitResult(
            reader.IsDBNull(0) ? 0 : reader.GetInt64(0),
            new DateTimeOffset(reader.GetFieldValue<DateTime>(1)),
            reader.IsDBNull(2) ? [] : reader.GetFieldValue<long[]>(2),
            reader.IsDBNull(3) ? 0 : reader.GetInt64(3),
            refusals
        );
    }

    /// <summary>One outcome per member, in order.</summary>
    public IEnumerable<AppendOutcome> Outcomes(GroupCommit commit)
    {
        var versions = VersionsBefore.ToArray();
        var append = 0;
        for (var m = 1; m <= commit.Members.Count; m++)
        {
            var streams = commit.Members[m - 1].Request.Streams;
            var first = append;
            append += streams.Count;
            yield return Refusals.TryGetValue(m, out var refusal)
                ? Refused(commit, refusal)
                : Accepted(commit, m, streams, first, versions);
        }
    }

    private AppendOutcome.Appended Accepted(
        GroupCommit commit,
        int member,
        IReadOnlyList<StreamAppend> streams,
        int firstAppend,
        long[] versions
    )
    {
        var reached = new long[streams.Count];
        for (var i = 0; i < streams.Count; i++)
        {
            var slot = commit.AppendSlots[firstAppend + i] - 1;
            // Without events there is nothing to count, and the version is the one that was asserted.
            reached[i] =
                streams[i].Events.Count == 0
                    ? streams[i].ExpectedVersion!.Value
                    : versions[slot] += streams[i].Events.Count;
        }
        var position = commit.LastOffsets[member - 1] is { } offset ? FirstPosition + offset : Head;
        return new AppendOutcome.Appended(position, Timestamp, reached);
    }

    private static AppendOutcome Refused(GroupCommit commit, Refusal refusal) =>
        refusal.Kind switch
        {
            1 => Conflict(commit, refusal),
            2 => new AppendOutcome.Repeated(refusal.Number, refusal.Answer),
            3 => new AppendOutcome.KeyReused(),
            4 => new AppendOutcome.CheckpointMoved(MoveOf(commit, refusal), refusal.Number),
            5 => new AppendOutcome.SpoolMoved(commit.OffsetFroms[refusal.Append - 1], refusal.Number),
            _ => throw new InvalidOperationException($"torch_log.append answered an unknown refusal {refusal.Kind}"),
        };

    private static AppendOutcome.VersionConflict Conflict(GroupCommit commit, Refusal refusal)
    {
        var slot = commit.AppendSlots[refusal.Append - 1] - 1;
        var expected = commit.AppendExpected[refusal.Append - 1]!.Value;
        return new((Log)commit.SlotLogs[slot], commit.SlotIds[slot], expected, refusal.Number);
    }

    private static long MoveOf(GroupCommit commit, Refusal refusal) => commit.MoveFroms[refusal.Append - 1];
}
