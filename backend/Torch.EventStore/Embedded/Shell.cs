using System.ComponentModel;
using System.Diagnostics;

namespace Torch.EventStore.Embedded;

/// <summary>Runs short helper commands.</summary>
internal static class Shell
{
    public sealed record Result(int ExitCode, string Output);

    /// <summary>Standard output and error together; exit code 127 where there is no such program.</summary>
    public static async Task<Result> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        // What PostgreSQL says is read by this program: in one language.
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new Result(process.ExitCode, output + await error);
        }
        catch (Win32Exception exception)
        {
            return new Result(127, exception.Message);
        }
    }
}
