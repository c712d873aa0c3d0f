using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Torch.Cli.Tests;

/// <summary>The real executable, as a process.</summary>
internal sealed class TorchRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private TorchRun(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    public static TorchRun Start(IReadOnlyList<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "torch.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("TORCH_")).ToList())
            start.Environment.Remove(name);
        // What Torch writes of itself would stand between the events that tests count.
        start.Environment["TORCH_OWN_METRICS"] = "off";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new TorchRun(Process.Start(start)!);
    }

    /// <summary>Runs to the end; the exit code and what was said.</summary>
    public static async Task<Ended> EndAsync(
        IReadOnlyList<string> arguments,
        params (string Name, string Value)[] environment
    )
    {
        await using var run = Start(arguments, environment);
        return new(await run.ExitCodeAsync(), run.Output, run.Errors);
    }

    /// <summary>The address, once it is ready.</summary>
    public async Task<string> AddressAsync()
    {
        const string sign = "is ready: ";
        using var limit = new CancellationTokenSource(Patience);
        while (!Output.Contains(sign, StringComparison.Ordinal))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"torch ended: {Errors} {Output}");
            await Task.Delay(50, limit.Token);
        }
        return Output.Split(sign)[1].Split('\n')[0].Trim();
    }

    public async Task<int> ExitCodeAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop, as a service manager does.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await ExitCodeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private static void Add(StringBuilder text, string? line)
    {
        lock (text)
            text.Append(line).Append(line is null ? "" : "\n");
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
