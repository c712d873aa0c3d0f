using System.Text.Json;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Retaining;

namespace Torch.Server.Projecting;

/// <summary>
/// <c>torch.rollups</c>: observations counted per check and minute, quarter of an hour and day. A late one adds to its own bucket; an
/// inconclusive one says nothing about the target and is left out.
/// </summary>
internal sealed class RollupsProjection : ISealedProjection
{
    private static string Upsert(string schema) =>
        $"""
            insert into {schema}.rollups as r (check_id, level_minutes, bucket, count, good,
                sum_us, min_us, max_us, values_count, sum_value, min_value, max_value, sketch, phases, bad_sketch)
            select b.check_id, b.level, b.bucket, b.count, b.good, b.sum_us, b.min_us, b.max_us,
                b.values_count, b.sum_value::numeric, b.min_value, b.max_value, b.sketch, b.phases, b.bad_sketch
            from unnest($1, $2::integer[], $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) as b (check_id, level, bucket,
                count, good, sum_us, min_us, max_us, values_count, sum_value, min_value, max_value, sketch, phases, bad_sketch)
            on conflict (check_id, level_minutes, bucket) do update
            set count = r.count + excluded.count, good = r.good + excluded.good,
                sum_us = case when r.sum_us is null then excluded.sum_us else r.sum_us + coalesce(excluded.sum_us, 0) end,
                min_us = least(r.min_us, excluded.min_us), max_us = greatest(r.max_us, excluded.max_us),
                values_count = r.values_count + excluded.values_count,
                sum_value = case when r.sum_value is null then excluded.sum_value
                    else r.sum_value + coalesce(excluded.sum_value, 0) end,
                min_value = least(r.min_value, excluded.min_value), max_value = greatest(r.max_value, excluded.max_value),
                sketch = excluded.sketch, phases = excluded.phases, bad_sketch = excluded.bad_sketch
            """;

    public string Name => "Rollups:All";

    public IReadOnlySet<string> Types { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            EventCodec.AliasOf<ReportReceived>(),
            EventCodec.AliasOf<ProbeCompleted>(),
        };

    public Log? Source => Log.Telemetry;

    public IReadOnlyList<string> Tables { get; } = ["rollups", "late_observations"];

    public async Task<long> SeedAsync(ProjectionTarget target, CancellationToken cancellationToken)
    {
        await SealedRollups.MergeAsync(target, cancellationToken);
        return await SealedTables.CopyAsync(target, "late_observations", cancellationToken);
    }

    public Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var minutes = new Dictionary<RollupKey, RollupBucket>();
        var late = new LateObservations();
        foreach (var recorded in batch.Events)
            Count(minutes, late, recorded, EventCodec.Decode(recorded));
        return minutes.Count == 0 ? Task.CompletedTask : AddAsync(batch, InAllLevels(minutes), late, cancellationToken);
    }

    private static void Count(
        Dictionary<RollupKey, RollupBucket> minutes,
        LateObservations late,
        RecordedEvent recorded,
        IEvent? @event
    )
    {
        switch (@event)
        {
            case ReportReceived e when IsConclusive(e.Status):
                BucketOf(minutes, Minute(e.CheckId, e.At)).AddReport(IsGood(e.Status), e.Value);
                late.Look(recorded, e.CheckId, e.At, IsGood(e.Status), null);
                break;
            case ProbeCompleted e when IsConclusive(e.Outcome) && e.Stale is null:
                BucketOf(minutes, Minute(e.CheckId, e.At)).AddProbe(IsGood(e.Outcome), e.Latency);
                late.Look(recorded, e.CheckId, e.At, IsGood(e.Outcome), e.Latency.Total);
                break;
            case ReportReceived or ProbeCompleted:
                break;
            default:
                throw new JsonException($"{recorded.Type} at {recorded.Position} holds no event");
        }
    }

    private static bool IsConclusive(string? outcome) => outcome is not ("inconclusive" or "unknown");

    private static bool IsGood(string? outcome) => outcome is null or "up" or "degraded";

    private static RollupKey Minute(Guid checkId, DateTimeOffset at) =>
        new(checkId, RollupLevels.Minute, RollupLevels.Floor(at, RollupLevels.Minute));

    private static RollupBucket BucketOf(Dictionary<RollupKey, RollupBucket> buckets, RollupKey key)
    {
        if (!buckets.TryGetValue(key, out var bucket))
            buckets[key] = bucket = new RollupBucket();
        return bucket;
    }

    // Each observation is looked at once; the coarse levels are sums of minutes.
    private static Dictionary<RollupKey, RollupBucket> InAllLevels(Dictionary<RollupKey, RollupBucket> minutes)
    {
        var all = new Dictionary<RollupKey, RollupBucket>(minutes);
        foreach (var (key, bucket) in minutes)
        foreach (var level in RollupLevels.All.Skip(1))
            BucketOf(all, new(key.CheckId, level, RollupLevels.Floor(key.At, level))).Merge(bucket);
        return all;
    }

    private static async Task AddAsync(
        ProjectionBatch batch,
        Dictionary<RollupKey, RollupBucket> buckets,
        LateObservations late,
        CancellationToken cancellationToken
    )
    {
        await RollupBlobs.TakeInAsync(batch, buckets, cancellationToken);
        var commands = new Commands(batch);
        Add(commands, [.. buckets.OrderBy(b => b.Key)]);
        late.Add(commands);
        await commands.ExecuteAsync(cancellationToken);
    }

    private static void Add(Commands commands, IReadOnlyList<KeyValuePair<RollupKey, RollupBucket>> rows) =>
        commands.Add(
            Upsert(commands.Schema),
            Of.Ids(rows.Select(r => r.Key.CheckId)),
            Of.Numbers(rows.Select(r => (long)r.Key.LevelMinutes)),
            Of.Times(rows.Select(r => r.Key.At)),
            Of.Numbers(rows.Select(r => r.Value.Count)),
            Of.Numbers(rows.Select(r => r.Value.Good)),
            Of.MaybeNumbers(rows.Select(r => r.Value.SumUs)),
            Of.MaybeNumbers(rows.Select(r => r.Value.MinUs)),
            Of.MaybeNumbers(rows.Select(r => r.Value.MaxUs)),
            Of.Numbers(rows.Select(r => r.Value.Values)),
            Of.MaybeTexts(rows.Select(r => r.Value.SumValue?.ToString())),
            Of.MaybeDoubles(rows.Select(r => r.Value.MinValue)),
            Of.MaybeDoubles(rows.Select(r => r.Value.MaxValue)),
            Of.MaybeBytes(rows.Select(r => r.Value.Sketch?.ToBytes())),
            Of.MaybeBytes(rows.Select(r => r.Value.Phases?.ToBytes())),
            Of.MaybeBytes(rows.Select(r => r.Value.BadSketch?.ToBytes()))
        );
}
