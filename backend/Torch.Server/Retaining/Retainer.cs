using Npgsql;
using Torch.Domain.Retention;
using Torch.EventStore.Retention;
using Torch.Server.Evaluating;

namespace Torch.Server.Retaining;

/// <summary>
/// One run of retention: closes the partition in use when it is a day old, then, oldest first, for each partition that may go: 1. archive
/// it, 2. seal it, 3. keep the evaluator's state at its end, 4. say so in the journal, 5. judge again, 6. drop it, 7. say so. Every step
/// can be repeated; a run that was killed is taken up by the next one, of any server.
/// </summary>
internal sealed class Retainer(
    NpgsqlDataSource db,
    RetentionPolicy policy,
    RetentionReading reading,
    SealWriter seals,
    ArchiveWriter archive,
    RetentionJournal journal,
    IEvaluatorSnapshots snapshots,
    TimeProvider time,
    ILogger<Retainer> logger
) : IRetentionStatus
{
    // Any constant will do, as long as every server uses the same and nothing else does.
    private const long Lock = 8391177341250818;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    private readonly TelemetryPartitions _partitions = new(db);
    private readonly SteadyClock _clock = new(time);
    private readonly HashSet<(string, string)> _said = [];

    public RetentionPolicy Policy => policy;

    public RetentionOutcome? Latest { get; private set; }

    public async Task<RetentionOutcome> JudgeAsync(CancellationToken cancellationToken) =>
        Outcome(await VerdictsAsync(cancellationToken), [], isUnfinished: false);

    /// <summary>Works for some seconds at most. Null where another run is at it, of this server or another.</summary>
    public async Task<RetentionOutcome?> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await db.OpenConnectionAsync(cancellationToken);
        if (!await AdviseAsync(connection, "pg_try_advisory_lock", cancellationToken))
            return null;
        try
        {
            return Latest = await WorkAsync(new WorkBudget(time, Budget), cancellationToken);
        }
        finally
        {
            // At once: a pool keeps the connection, and the lock with it.
            if (connection.FullState == System.Data.ConnectionState.Open)
                await AdviseAsync(connection, "pg_advisory_unlock", CancellationToken.None);
        }
    }

    private async Task<RetentionOutcome> WorkAsync(WorkBudget budget, CancellationToken cancellationToken)
    {
        await _partitions.CloseAsync(RetentionPolicy.PartitionAge, cancellationToken);
        await _partitions.MeasureAsync(cancellationToken);
        await MendAsync(cancellationToken);
        var verdicts = await VerdictsAsync(cancellationToken);
        var dropped = new List<string>();
        for (var i = 0; i < verdicts.Count; i++)
        {
            if (!verdicts[i].Goes)
                continue;
            if (budget.IsSpent)
                return Outcome(verdicts, dropped, isUnfinished: true);
            var problem = await RetireAsync(verdicts[i].Partition, budget, cancellationToken);
            if (problem is null)
                dropped.Add(verdicts[i].Partition.Name);
            else
                verdicts =
                [
                    .. verdicts.Take(i),
                    verdicts[i] with
                    {
                        Kept = [problem],
                    },
                    .. verdicts.Skip(i + 1).Select(v => After(v, verdicts[i])),
                ];
        }
        Say(verdicts);
        return Outcome(verdicts, dropped, isUnfinished: verdicts.Any(v => v.Kept.Any(k => k.Code == "sealing")));
    }

    // What a killed run had begun to drop is sealed already: it is not read any more, and must go.
    private async Task MendAsync(CancellationToken cancellationToken)
    {
        foreach (var partition in await _partitions.ListAsync(cancellationToken))
            if (partition.State != PartitionState.Attached)
                await _partitions.DropAsync(partition, cancellationToken);
        await journal.DroppedAsync(cancellationToken);
    }

    // Answers why the partition stays, or null when it is gone.
    private async Task<KeptReason?> RetireAsync(
        TelemetryPartition partition,
        WorkBudget budget,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (!await SealAsync(partition, budget, cancellationToken))
                return new("sealing", "It is being archived and sealed.");
            var now = (await VerdictsAsync(cancellationToken)).First(v =>
                v.Partition.FromPosition == partition.FromPosition
            );
            if (!now.Goes)
                return now.Kept[0];
            await _partitions.DropAsync(partition, cancellationToken);
            await journal.DroppedAsync(cancellationToken);
            logger.LogInformation("Dropped {Partition} with {Rows} events", partition.Name, partition.Contents!.Rows);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new("archive_failed", "It cannot be archived: " + exception.Message);
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return new("read", "Somebody reads it; the next run goes on.");
        }
        catch (System.Text.Json.JsonException exception)
        {
            return new("unreadable", "One of its events cannot be read: " + exception.Message);
        }
    }

    private async Task<bool> SealAsync(
        TelemetryPartition partition,
        WorkBudget budget,
        CancellationToken cancellationToken
    )
    {
        var file = policy.Archive is { } folder
            ? await archive.WriteAsync(folder, partition, budget, cancellationToken)
            : null;
        if (policy.Archive is not null && file is null)
            return false;
        if (await seals.SealAsync(partition, budget, cancellationToken) is not { } seal)
            return false;
        var contents = partition.Contents!;
        if (contents.Last is { } last)
            await SnapshotAsync(last.Position, cancellationToken);
        var made = new PartitionSealed(
            seal.Partition,
            seal.FromPosition,
            seal.ToPosition,
            contents.First?.Time,
            contents.Last?.Time,
            contents.Rows,
            seal.Rollups,
            seal.RollupsSha256,
            file
        );
        await journal.SealedAsync(made, cancellationToken);
        return true;
    }

    // At its last event, which the evaluator's checkpoint has reached; the edge itself it may not reach for days.
    private async Task SnapshotAsync(long position, CancellationToken cancellationToken) =>
        await snapshots.SaveAsync(await snapshots.AtAsync(position, cancellationToken), kept: true, cancellationToken);

    private async Task<IReadOnlyList<PartitionVerdict>> VerdictsAsync(CancellationToken cancellationToken)
    {
        var verdicts = RetentionRules.Judge(policy, await reading.ReadAsync(cancellationToken));
        if (_clock.IsSteady())
            return verdicts;
        var jumped = new KeptReason("clock_jumped", "The clock was set within the last hour.");
        return [.. verdicts.Select(v => v.Goes ? v with { Kept = [jumped] } : v)];
    }

    private static PartitionVerdict After(PartitionVerdict later, PartitionVerdict kept) =>
        later.Goes
            ? later with
            {
                Kept = [new("after_kept", $"{kept.Partition.Name}, which is older, stays.")],
            }
            : later;

    // Each thing once, not every minute.
    private void Say(IReadOnlyList<PartitionVerdict> verdicts)
    {
        foreach (var verdict in verdicts.Where(v => v.IsDue))
        foreach (var kept in verdict.Kept.Where(k => k.Code != "sealing"))
            if (_said.Add((verdict.Partition.Name, kept.Code)))
                logger.LogWarning(
                    "{Partition} is past its retention but stays: {Reason}",
                    verdict.Partition.Name,
                    kept.Detail
                );
        _said.RemoveWhere(s => !verdicts.Any(v => v.IsDue && v.Partition.Name == s.Item1));
    }

    private RetentionOutcome Outcome(
        IReadOnlyList<PartitionVerdict> verdicts,
        IReadOnlyList<string> dropped,
        bool isUnfinished
    ) =>
        new(
            time.GetUtcNow(),
            [.. verdicts.Select(v => new PartitionFate(v.Partition, v.IsDue, v.Kept))],
            dropped,
            isUnfinished
        );

    private static async Task<bool> AdviseAsync(
        NpgsqlConnection connection,
        string function,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand($"select {function}({Lock})", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
