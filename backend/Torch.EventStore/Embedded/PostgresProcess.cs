using System.Diagnostics;

namespace Torch.EventStore.Embedded;

/// <summary>
/// postgres as a child that cannot outlive its parent. Between them stands a shell that holds a pipe: when the pipe closes, because
/// Torch wants it or because Torch is dead, postgres gets SIGINT (fast shutdown). It has a session of its own, so that Ctrl-C in the
/// terminal reaches Torch alone and the database stops last.
/// </summary>
internal sealed class PostgresProcess : IDisposable
{
    private const string Guardian = """
        exec 3<&0; log=$1; shift
        "$@" </dev/null >>"$log" 2>&1 3<&- & server=$!
        { read -r _ <&3; kill -INT $server; } >/dev/null 2>&1 & watch=$!
        exec 3<&-
        wait $server; code=$?
        kill $watch 2>/dev/null; exit $code
        """;

    private readonly Process _process;
    private bool _isDisposed;

    private PostgresProcess(Process process) => _process = process;

    public bool HasExited => _isDisposed || _process.HasExited;

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public static PostgresProcess Start(IReadOnlyList<string> command, string logFile)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(command[0], command.Skip(1))
            : OnUnix(command, logFile);
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.WorkingDirectory = Path.GetTempPath();
        start.Environment["LC_ALL"] = "C";
        // The settings of whoever starts it, a key among them, are none of its business.
        foreach (
            var name in start.Environment.Keys.Where(n => n.StartsWith("TORCH_", StringComparison.Ordinal)).ToList()
        )
            start.Environment.Remove(name);
        return new PostgresProcess(Process.Start(start)!);
    }

    /// <summary>Asks for a fast shutdown; returns when it is over.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (OperatingSystem.IsWindows())
            _process.Kill(entireProcessTree: true);
        else
            _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new EmbeddedPostgresException($"PostgreSQL did not stop within {patience.TotalSeconds:0} s");
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        _process.Dispose();
    }

    // macOS has no setsid; there job control gives the server a process group of its own, which is enough for Ctrl-C.
    private static ProcessStartInfo OnUnix(IReadOnlyList<string> command, string logFile) =>
        OperatingSystem.IsLinux()
            ? new("setsid", ["sh", "-c", Guardian, "torch-postgres", logFile, .. command])
            : new("sh", ["-c", "set -m; trap '' INT\n" + Guardian, "torch-postgres", logFile, .. command]);
}
