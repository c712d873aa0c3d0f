using System.Runtime.InteropServices;
using Npgsql;
using Torch.Domain.Rollups;
using Torch.Domain.Slo;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Slos;

/// <summary>
/// Observations of one check counted over spans, from rollups: whole days where there are any, quarters of an hour and minutes at the
/// edges. What came after the position belongs to another time than its own and is taken off again.
/// </summary>
internal sealed class ObservationTally(NpgsqlDataSource db, Guid checkId, long position, TimeSpan? threshold)
{
    private const string Rows = """
        select r.count, r.good, r.sketch, r.bad_sketch
        from unnest($2::integer[], $3, $4) as p (level, from_at, to_at)
        join torch.rollups r on r.check_id = $1 and r.level_minutes = p.level and r.bucket >= p.from_at and r.bucket < p.to_at
        """;

    private const string Late = """
        select good, us from torch.late_observations
        where check_id = $1 and at >= $2 and at < $3 and position > $4
        """;

    private double ThresholdUs => threshold!.Value.TotalMicroseconds;

    /// <summary>Of spans in whole minutes.</summary>
    public async Task<Tally> CountAsync(IEnumerable<Span> spans, CancellationToken cancellationToken)
    {
        var tally = default(Tally);
        foreach (var span in spans)
        {
            tally += await RolledAsync(span, cancellationToken);
            var late = await LateAsync(span, cancellationToken);
            tally = new(tally.Good - late.Good, tally.Bad - late.Bad);
        }
        return tally;
    }

    private async Task<Tally> RolledAsync(Span span, CancellationToken cancellationToken)
    {
        var parts = RollupParts.Of(span);
        var rows = await db.QueryAsync(
            Rows,
            [
                checkId,
                parts.Select(p => p.LevelMinutes).ToArray(),
                parts.Select(p => p.Span.From).ToArray(),
                parts.Select(p => p.Span.To).ToArray(),
            ],
            Count,
            cancellationToken
        );
        return rows.Aggregate(default(Tally), (sum, row) => sum + row);
    }

    private Tally Count(NpgsqlDataReader row)
    {
        var (count, good) = (row.GetInt64(0), row.GetInt64(1));
        if (threshold is not null)
            good =
                (RollupBlobs.SketchOf(row, 2)?.CountUpTo(ThresholdUs) ?? 0)
                - (RollupBlobs.SketchOf(row, 3)?.CountUpTo(ThresholdUs) ?? 0);
        return new(good, count - good);
    }

    private async Task<Tally> LateAsync(Span span, CancellationToken cancellationToken)
    {
        var rows = await db.QueryAsync(
            Late,
            [checkId, span.From, span.To, position],
            r => IsGood(r.GetBoolean(0), r.Maybe<long?>(1)),
            cancellationToken
        );
        return new(rows.Count(good => good), rows.Count(good => !good));
    }

    // As the sketch tells fast from slow, to its bucket.
    private bool IsGood(bool good, long? us)
    {
        if (threshold is null || !good)
            return good;
        var one = new Sketch();
        one.Add(us ?? double.MaxValue);
        return one.CountUpTo(ThresholdUs) == 1;
    }
}

/// <summary>A stretch of rollups of one level.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RollupPart(int LevelMinutes, Span Span);

/// <summary>Cuts a span into the fewest buckets.</summary>
internal static class RollupParts
{
    public static IReadOnlyList<RollupPart> Of(Span span) => [.. Cut(span, RollupLevels.All.Count - 1)];

    private static IEnumerable<RollupPart> Cut(Span span, int index)
    {
        var level = RollupLevels.All[index];
        var (from, to) = (Ceiling(span.From, level), RollupLevels.Floor(span.To, level));
        if (span.From >= span.To)
            return [];
        if (from >= to)
            return index == 0 ? [] : Cut(span, index - 1);
        IEnumerable<RollupPart> whole = [new(level, new(from, to))];
        return index == 0
            ? whole
            : [.. Cut(new(span.From, from), index - 1), .. whole, .. Cut(new(to, span.To), index - 1)];
    }

    private static DateTimeOffset Ceiling(DateTimeOffset at, int level)
    {
        var floor = RollupLevels.Floor(at, level);
        return floor == at ? floor : floor.AddMinutes(level);
    }
}
