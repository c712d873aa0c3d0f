using System.Text.Json;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Retaining;

namespace Torch.Server.Projecting;

/// <summary>
/// <c>torch.rollups</c>: observations counted per check and quarter of an hour. A late one adds to its own bucket; an inconclusive
/// one says nothing about the target and is left out.
/// </summary>
internal sealed class RollupsProjection : ISealedProjection
{
    private const int LevelMinutes = 15;

    private static string Upsert(string schema) =>
        $"""
            insert into {schema}.rollups as r (check_id, level_minutes, bucket, count, good,
                sum_us, min_us, max_us, values_count, sum_value, min_value, max_value)
            select b.check_id, 15, b.bucket, b.count, b.good, b.sum_us, b.min_us, b.max_us,
                b.values_count, b.sum_value::numeric, b.min_value, b.max_value
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as b (check_id, bucket, count, good,
                sum_us, min_us, max_us, values_count, sum_value, min_value, max_value)
            on conflict (check_id, level_minutes, bucket) do update
            set count = r.count + excluded.count, good = r.good + excluded.good,
                sum_us = case when r.sum_us is null then excluded.sum_us else r.sum_us + coalesce(excluded.sum_us, 0) end,
                min_us = least(r.min_us, excluded.min_us), max_us = greatest(r.max_us, excluded.max_us),
                values_count = r.values_count + excluded.values_count,
                sum_value = case when r.sum_value is null then excluded.sum_value
                    else r.sum_value + coalesce(excluded.sum_value, 0) end,
                min_value = least(r.min_value, excluded.min_value), max_value = greatest(r.max_value, excluded.max_value)
            """;

    public string Name => "Rollups:All";

    public IReadOnlySet<string> Types { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            EventCodec.AliasOf<ReportReceived>(),
            EventCodec.AliasOf<ProbeCompleted>(),
        };

    public Log? Source => Log.Telemetry;

    public IReadOnlyList<string> Tables { get; } = ["rollups"];

    public Task<long> SeedAsync(ProjectionTarget target, CancellationToken cancellationToken) =>
        SealedTables.MergeRollupsAsync(target, cancellationToken);

    public Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var buckets = new Dictionary<(Guid CheckId, DateTimeOffset At), Bucket>();
        foreach (var recorded in batch.Events)
            Count(buckets, recorded, EventCodec.Decode(recorded));
        var commands = new Commands(batch);
        if (buckets.Count > 0)
            Add(commands, [.. buckets.OrderBy(b => b.Key)]);
        return commands.ExecuteAsync(cancellationToken);
    }

    private static void Count(
        Dictionary<(Guid, DateTimeOffset), Bucket> buckets,
        RecordedEvent recorded,
        IEvent? @event
    )
    {
        switch (@event)
        {
            case ReportReceived e when IsConclusive(e.Status):
                BucketOf(buckets, e.CheckId, e.At).AddReport(IsGood(e.Status), e.Value);
                break;
            case ProbeCompleted e when IsConclusive(e.Outcome) && e.Stale is null:
                BucketOf(buckets, e.CheckId, e.At).AddProbe(IsGood(e.Outcome), e.Latency.Total);
                break;
            case ReportReceived or ProbeCompleted:
                break;
            default:
                throw new JsonException($"{recorded.Type} at {recorded.Position} holds no event");
        }
    }

    private static bool IsConclusive(string? outcome) => outcome is not ("inconclusive" or "unknown");

    private static bool IsGood(string? outcome) => outcome is null or "up" or "degraded";

    private static Bucket BucketOf(Dictionary<(Guid, DateTimeOffset), Bucket> buckets, Guid checkId, DateTimeOffset at)
    {
        var width = TimeSpan.FromMinutes(LevelMinutes).Ticks;
        var key = (checkId, new DateTimeOffset(at.UtcTicks - at.UtcTicks % width, TimeSpan.Zero));
        if (!buckets.TryGetValue(key, out var bucket))
            buckets[key] = bucket = new Bucket();
        return bucket;
    }

    private static void Add(
        Commands commands,
        IReadOnlyList<KeyValuePair<(Guid CheckId, DateTimeOffset At), Bucket>> rows
    )
    {
        commands.Add(
            Upsert(commands.Schema),
            Of.Ids(rows.Select(r => r.Key.CheckId)),
            Of.Times(rows.Select(r => r.Key.At)),
            Of.Numbers(rows.Select(r => r.Value.Count)),
            Of.Numbers(rows.Select(r => r.Value.Good)),
            Of.MaybeNumbers(rows.Select(r => r.Value.SumUs)),
            Of.MaybeNumbers(rows.Select(r => r.Value.MinUs)),
            Of.MaybeNumbers(rows.Select(r => r.Value.MaxUs)),
            Of.Numbers(rows.Select(r => r.Value.Values)),
            Of.MaybeTexts(rows.Select(r => r.Value.SumValue?.ToString())),
            Of.MaybeDoubles(rows.Select(r => r.Value.MinValue)),
            Of.MaybeDoubles(rows.Select(r => r.Value.MaxValue))
        );
    }

    private sealed class Bucket
    {
        public long Count { get; private set; }
        public long Good { get; private set; }
        public long? SumUs { get; private set; }
        public long? MinUs { get; private set; }
        public long? MaxUs { get; private set; }
        public long Values { get; private set; }
        public ExactSum? SumValue { get; private set; }
        public double? MinValue { get; private set; }
        public double? MaxValue { get; private set; }

        public void AddProbe(bool good, double totalMs)
        {
            Add(good);
            var us = (long)Math.Round(totalMs * 1000);
            (SumUs, MinUs, MaxUs) = ((SumUs ?? 0) + us, Math.Min(MinUs ?? us, us), Math.Max(MaxUs ?? us, us));
        }

        public void AddReport(bool good, double? value)
        {
            Add(good);
            if (value is not { } v)
                return;
            Values++;
            SumValue = (SumValue ?? default).Plus(v);
            (MinValue, MaxValue) = (Math.Min(MinValue ?? v, v), Math.Max(MaxValue ?? v, v));
        }

        private void Add(bool good)
        {
            Count++;
            Good += good ? 1 : 0;
        }
    }
}
