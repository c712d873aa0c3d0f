using System.Diagnostics;

namespace Torch.Benchmarks.Evaluation;

/// <summary>
/// What the machine takes for a walk through as much memory as a tree lies in: so many cache lines, each known only once the one before has
/// come. A leaf at depth 8 cannot change its root with fewer: a line of each node on the way, of each edge, and of its check.
/// </summary>
internal static class CacheLines
{
    /// <summary>9 nodes, 8 edges, and the check's entry, itself and its observation.</summary>
    public const int Count = 20;

    private const int LineBytes = 64;
    private const int PerLine = LineBytes / sizeof(ulong);
    private const int Rounds = 8;
    private const int Walks = 5_000;

    /// <summary>The least of several rounds' medians, in microseconds.</summary>
    public static double Chase(long bytes)
    {
        var memory = new ulong[Math.Max(PerLine, bytes / sizeof(ulong))];
        // Written, so that the lines are there.
        memory.AsSpan().Fill(1);
        var (spread, at) = (new Spread(Walks), 1UL);
        for (var round = 0; round <= Rounds; round++)
        {
            for (var walk = 0; walk < Walks; walk++)
            {
                var started = Stopwatch.GetTimestamp();
                at = Walk(memory, at);
                spread.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            }
            spread.EndRound(counts: round > 0);
        }
        return at == 0 ? 0 : spread.Median;
    }

    // The next place follows from what stands at this one.
    private static ulong Walk(ulong[] memory, ulong at)
    {
        var lines = (ulong)(memory.Length / PerLine);
        for (var i = 0; i < Count; i++)
            at = at * 6364136223846793005 + 1442695040888963406 + memory[(at >> 20) % lines * PerLine];
        return at;
    }
}
