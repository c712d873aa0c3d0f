using System.Diagnostics;

namespace Torch.Benchmarks.Common;

/// <summary>A <c>torch agent</c> on a data folder, for a server of the benchmark's.</summary>
public sealed class RunningAgent : IAsyncDisposable
{
    private readonly Process _process;

    private RunningAgent(Process process)
    {
        _process = process;
        Meter = new CpuMeter(process.Id);
    }

    /// <summary>Its own time; it has no descendants.</summary>
    public CpuMeter Meter { get; }

    /// <summary>The most memory that it has had, in MB.</summary>
    public double PeakMegabytes => Processes.PeakMegabytes(_process.Id);

    /// <summary>Registers an agent and starts it.</summary>
    /// <param name="location">Its name, too.</param>
    /// <param name="data">Its folder, which stays.</param>
    /// <param name="flags">Of <c>torch agent</c>.</param>
    public static async Task<RunningAgent> StartAsync(
        RunningTorch server,
        string location,
        string data,
        params string[] flags
    )
    {
        var registered = await server.PostAsync("/api/v1/agents", new { name = location, location });
        var address = server.Address.ToString();
        var start = new ProcessStartInfo(
            "dotnet",
            [RunningTorch.Program(), "agent", "--server", address, "--data", data, .. flags]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["TORCH_AGENT_KEY"] = registered.GetProperty("key").GetString();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new RunningAgent(process);
    }

    public ValueTask DisposeAsync() => new(Processes.EndAsync(_process));
}
