using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Torch.Cli.Reporting;

/// <summary>How a command ended.</summary>
/// <param name="Message">A first line that says it, and the end of its output; at most 8,000 bytes.</param>
internal sealed record CommandEnd(int ExitCode, TimeSpan Duration, string Message);

/// <summary>Runs a command with this process's input, output and signals.</summary>
internal static class ForwardedCommand
{
    private const int MostTail = 7_800;
    private const int PermissionDenied = 13;
    private const int SignalBase = 128;

    /// <summary>Runs to its end; a command that cannot be started has ended too, with a shell's code for it.</summary>
    /// <param name="outputToError">Standard output is wanted for something else: the command's goes to standard error.</param>
    public static async Task<CommandEnd> RunAsync(
        IReadOnlyList<string> words,
        Terminal terminal,
        bool outputToError,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var begun = Stopwatch.GetTimestamp();
        try
        {
            using var process = Process.Start(start)!;
            using var cancelled = cancellationToken.Register(() => Send(process, PosixSignal.SIGTERM));
            // A terminal sends Ctrl-C to the command itself.
            using var signals = StopSignals.Hear(signal =>
            {
                if (signal != PosixSignal.SIGINT || !terminal.HasPerson)
                    Send(process, signal);
            });
            var tail = new OutputTail(MostTail);
            var error = (terminal.Raw?.Error, terminal.Error);
            var output = outputToError ? error : (terminal.Raw?.Output, terminal.Output);
            await Task.WhenAll(
                CopyAsync(process.StandardOutput.BaseStream, output, tail),
                CopyAsync(process.StandardError.BaseStream, error, tail)
            );
            await process.WaitForExitAsync(CancellationToken.None);
            return End(process.ExitCode, Stopwatch.GetElapsedTime(begun), tail.Text());
        }
        catch (Win32Exception failed)
        {
            var code = failed.NativeErrorCode == PermissionDenied ? ExitCodes.NotExecutable : ExitCodes.NotFound;
            await terminal.RemarkAsync($"{words[0]} cannot be started: {failed.Message}");
            return new(code, Stopwatch.GetElapsedTime(begun), $"cannot be started: {failed.Message}");
        }
    }

    private static CommandEnd End(int code, TimeSpan duration, string tail)
    {
        var how = code > SignalBase ? $"ended by signal {code - SignalBase}" : $"exit code {code}";
        var first = string.Create(CultureInfo.InvariantCulture, $"{how} after {duration.TotalSeconds:0.0} s");
        return new(code, duration, tail.Length > 0 ? $"{first}\n{tail}" : first);
    }

    private static async Task CopyAsync(Stream from, (Stream? Raw, TextWriter Text) to, OutputTail tail)
    {
        var buffer = new byte[16 * 1024];
        var decoder = Encoding.UTF8.GetDecoder();
        while (await from.ReadAsync(buffer) is > 0 and var count)
        {
            tail.Add(buffer.AsSpan(0, count));
            if (to.Raw is { } raw)
            {
                await raw.WriteAsync(buffer.AsMemory(0, count));
                await raw.FlushAsync();
                continue;
            }
            var characters = new char[decoder.GetCharCount(buffer, 0, count)];
            decoder.GetChars(buffer, 0, count, characters, 0);
            await to.Text.WriteAsync(characters);
        }
    }

    private static void Send(Process process, PosixSignal signal)
    {
        const int hangUp = 1;
        const int interrupt = 2;
        const int terminate = 15;
        try
        {
            if (OperatingSystem.IsWindows())
                process.Kill();
            else
                _ = Kill(
                    process.Id,
                    signal switch
                    {
                        PosixSignal.SIGHUP => hangUp,
                        PosixSignal.SIGINT => interrupt,
                        _ => terminate,
                    }
                );
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
