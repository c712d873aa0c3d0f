using System.Diagnostics;
using System.Globalization;

namespace Torch.EventStore.Embedded;

/// <summary>
/// A server that a killed Torch left behind on this very folder: it is asked to stop, and waited for. The caller holds the folder's
/// lock, so nobody else uses it.
/// </summary>
internal static class LeftoverServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task EndAsync(PostgresFolder folder, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Pid(folder) is not { } pid)
            return;
        if (!await OwnsAsync(pid, folder.Cluster, cancellationToken))
        {
            // The number belongs to somebody else by now. PostgreSQL cannot tell and would refuse to start.
            File.Delete(folder.PidFile);
            return;
        }
        await AskToStopAsync(pid, cancellationToken);
        var start = time.GetTimestamp();
        while (await OwnsAsync(pid, folder.Cluster, cancellationToken))
        {
            if (time.GetElapsedTime(start) > Patience)
                throw new EmbeddedPostgresException(
                    $"PostgreSQL with process id {pid} still runs on {folder.Cluster} and does not stop"
                );
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        }
    }

    /// <summary>The process id in <c>postmaster.pid</c>.</summary>
    public static int? Pid(PostgresFolder folder)
    {
        if (!File.Exists(folder.PidFile))
            return null;
        var line = File.ReadLines(folder.PidFile).FirstOrDefault();
        return int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }

    // A postmaster's working directory is its cluster.
    private static async Task<bool> OwnsAsync(int pid, string cluster, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsLinux())
        {
            var link = new FileInfo($"/proc/{pid}/cwd").LinkTarget;
            return string.Equals(link, Path.GetFullPath(cluster), StringComparison.Ordinal);
        }
        if (OperatingSystem.IsWindows())
            return IsPostgres(pid);
        var ps = await Shell.RunAsync(["ps", "-o", "command=", "-p", Text(pid)], cancellationToken);
        return ps.Output.Contains(cluster, StringComparison.Ordinal);
    }

    private static bool IsPostgres(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return string.Equals(process.ProcessName, "postgres", StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static async Task AskToStopAsync(int pid, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            await Shell.RunAsync(["taskkill", "/F", "/T", "/PID", Text(pid)], cancellationToken);
        else
            await Shell.RunAsync(["kill", "-INT", Text(pid)], cancellationToken);
    }

    private static string Text(int pid) => pid.ToString(CultureInfo.InvariantCulture);
}
