using System.Globalization;

namespace Torch.Benchmarks.Common;

/// <summary>CPU time, user and system, in milliseconds.</summary>
/// <param name="OwnMs">Of the process itself.</param>
/// <param name="DescendantsMs">Of all below it, those that have ended included: PostgreSQL with its backends.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct CpuTime(double OwnMs, double DescendantsMs)
{
    public static CpuTime operator -(CpuTime a, CpuTime b) => new(a.OwnMs - b.OwnMs, a.DescendantsMs - b.DescendantsMs);
}

/// <summary>Reads the CPU time of a process and its descendants from /proc, in ticks of 10 ms.</summary>
public sealed class CpuMeter(int processId)
{
    private const double MillisecondsPerTick = 10;

    private sealed record Stat(int Parent, long Own, long Ended);

    public CpuTime Read()
    {
        var stats = Processes().ToDictionary(p => p.Id, p => p.Stat);
        var self = stats[processId];
        var below = stats.Where(s => s.Key != processId && IsBelow(stats, s.Key)).Sum(s => s.Value.Own + s.Value.Ended);
        return new CpuTime(self.Own * MillisecondsPerTick, (below + self.Ended) * MillisecondsPerTick);
    }

    private bool IsBelow(Dictionary<int, Stat> stats, int id)
    {
        while (stats.TryGetValue(id, out var stat))
        {
            if (stat.Parent == processId)
                return true;
            id = stat.Parent;
        }
        return false;
    }

    private static IEnumerable<(int Id, Stat Stat)> Processes()
    {
        foreach (var folder in Directory.GetDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                if (Read(id) is { } stat)
                    yield return (id, stat);
    }

    // After the name: 1 is the parent, 11 and 12 its own time, 13 and 14 that of children who have ended.
    private static Stat? Read(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long Number(int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);
            return new Stat((int)Number(1), Number(11) + Number(12), Number(13) + Number(14));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
