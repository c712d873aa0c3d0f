using System.Diagnostics;
using System.Globalization;

namespace Torch.Benchmarks.Common;

/// <summary>Other programs, as this one needs them.</summary>
public static class Processes
{
    /// <summary>True where it lies on the PATH.</summary>
    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    /// <summary>The most memory that it has had, in MB.</summary>
    public static double PeakMegabytes(int id)
    {
        var line = File.ReadLines($"/proc/{id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            / 1_000;
    }

    /// <summary>Asks it to stop, and waits until it has.</summary>
    public static async Task EndAsync(Process process)
    {
        var id = process.Id.ToString(CultureInfo.InvariantCulture);
        using (var kill = Process.Start("kill", ["-TERM", id]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
