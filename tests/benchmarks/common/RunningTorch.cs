using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Torch.Benchmarks.Common;

/// <summary>A <c>torch serve</c> of the benchmark's own: free loopback port, embedded PostgreSQL with fsync on, a data folder that goes with it.</summary>
public sealed class RunningTorch : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _data;

    private RunningTorch(Process process, string data, Uri address)
    {
        (_process, _data, Address) = (process, data, address);
        Client = new HttpClient { BaseAddress = address };
        Meter = new CpuMeter(process.Id);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>For what is not measured.</summary>
    public HttpClient Client { get; }

    /// <summary>The server's own time, and PostgreSQL's as its descendants'.</summary>
    public CpuMeter Meter { get; }

    /// <summary>How to reach its PostgreSQL.</summary>
    public string Database => $"Host={Path.Combine(_data, "postgres", "run")};Username=torch;Database=torch";

    /// <summary>A look at what the run left in PostgreSQL.</summary>
    public async Task<long> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Of the server alone, in MB.</summary>
    public double PeakMegabytes => Processes.PeakMegabytes(_process.Id);

    /// <summary>Starts the build that lies in this repository, in the configuration of the calling program, and waits until it is ready.</summary>
    /// <param name="environment">Variables for it besides this program's own.</param>
    public static async Task<RunningTorch> StartAsync(Dictionary<string, string>? environment = null)
    {
        var data = Directory.CreateTempSubdirectory("torch-bench-").FullName;
        var address = new Uri($"http://127.0.0.1:{NginxTarget.FreePorts(1)[0]}");
        var start = new ProcessStartInfo("dotnet", [Program(), "serve", "--urls", address.ToString(), "--data", data])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var torch = new RunningTorch(process, data, address);
        await torch.UntilReadyAsync();
        return torch;
    }

    /// <summary>Returns once everything in the log is evaluated, and in the read tables.</summary>
    public async Task CatchUpAsync(long position)
    {
        for (var tries = 0; tries < 60; tries++)
        {
            using var answer = await Client.GetAsync($"/api/v1/statuses?minPosition={position}");
            if (answer.IsSuccessStatusCode)
                return;
        }
        throw new TimeoutException("the server does not catch up");
    }

    /// <summary>The position that an answer tells.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await Client.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Processes.EndAsync(_process);
        Directory.Delete(_data, recursive: true);
    }

    private async Task UntilReadyAsync()
    {
        for (var tries = 0; tries < 600 && !_process.HasExited; tries++)
        {
            try
            {
                using var answer = await Client.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(100);
        }
        throw new InvalidOperationException("torch serve does not become ready");
    }

    // From tests/benchmarks/<name>/bin/<configuration>/net10.0 up to the repository.
    internal static string Program()
    {
        var bin = new DirectoryInfo(AppContext.BaseDirectory);
        var root = bin.Parent!.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        var path = Path.Combine(root, "backend/Torch.Cli/bin", bin.Parent.Name, bin.Name, "torch.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("torch is not built", path);
    }
}
