namespace Torch.Server.Projecting;

/// <summary>The widths of rollup buckets. Each divides the next, so a coarse bucket is the sum of finer ones.</summary>
internal static class RollupLevels
{
    public const int Minute = 1;
    public const int Quarter = 15;
    public const int Day = 1440;

    /// <summary>In minutes, the finest first.</summary>
    public static IReadOnlyList<int> All { get; } = [Minute, Quarter, Day];

    /// <summary>The beginning of the bucket that a moment is in. Days are those of UTC.</summary>
    public static DateTimeOffset Floor(DateTimeOffset at, int minutes)
    {
        var width = minutes * TimeSpan.TicksPerMinute;
        return new DateTimeOffset(at.UtcTicks - at.UtcTicks % width, TimeSpan.Zero);
    }
}
