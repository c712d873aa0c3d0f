using System.Diagnostics;
using System.Globalization;

namespace Torch.Benchmarks.Probes;

/// <summary>Other programs, as this one needs them.</summary>
internal static class Processes
{
    /// <summary>True where it lies on the PATH.</summary>
    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    public static async Task EndAsync(Process process)
    {
        var id = process.Id.ToString(CultureInfo.InvariantCulture);
        using (var kill = Process.Start("kill", ["-TERM", id]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
