using System.Diagnostics;
using System.Globalization;

namespace Torch.Benchmarks.Append;

/// <summary>CPU time, user and system, of this process and of a PostgreSQL with all its backends, from /proc.</summary>
internal sealed class CpuMeter(int postmaster)
{
    private const double MillisecondsPerTick = 10;

    public (double ClientMs, double ServerMs) Read() =>
        (Process.GetCurrentProcess().TotalProcessorTime.TotalMilliseconds, ServerTicks() * MillisecondsPerTick);

    private long ServerTicks()
    {
        long ticks = 0;
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
                continue;
            var fields = Stat(pid);
            if (fields.Length == 0)
                continue;
            // After the name: 1 is the parent, 11 and 12 its own time, 13 and 14 that of children who have ended.
            if (pid == postmaster)
                ticks += Number(fields, 11) + Number(fields, 12) + Number(fields, 13) + Number(fields, 14);
            else if (Number(fields, 1) == postmaster)
                ticks += Number(fields, 11) + Number(fields, 12);
        }
        return ticks;
    }

    private static string[] Stat(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static long Number(string[] fields, int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);
}
