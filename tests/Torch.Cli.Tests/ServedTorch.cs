using Torch.Testing;

namespace Torch.Cli.Tests;

/// <summary><c>torch serve</c> inside the test's process, which has most of its code compiled already.</summary>
internal sealed class ServedTorch : IAsyncDisposable
{
    private const string Sign = "is ready: ";

    private readonly Screen _screen = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<Ended> _run;

    private ServedTorch(string data, string[] more) =>
        _run = Task.Run(() =>
            Cli.RunAsync(_screen, ["serve", "--data", data, .. Urls(more), .. Own(more), .. more], _stop.Token)
        );

    public string Address { get; private set; } = "";

    /// <summary>Returns once it is ready.</summary>
    public static async Task<ServedTorch> StartAsync(string data, params string[] more)
    {
        var served = new ServedTorch(data, more);
        var limit = TimeSpan.FromSeconds(90);
        await Eventually.IsTrueAsync(() => served._run.IsCompleted || served._screen.Output.Contains(Sign), limit);
        if (served._run.IsCompleted)
            throw new InvalidOperationException("torch ended: " + (await served._run).Errors);
        served.Address = served._screen.Output.Split(Sign)[1].Split('\n')[0].Trim();
        return served;
    }

    /// <summary>Asks it to stop; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return (await _run).ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    // What Torch writes of itself would stand between the events that tests count.
    private static string[] Own(string[] more) => more.Contains("--own-metrics") ? [] : ["--own-metrics", "off"];

    private static string[] Urls(string[] more) => more.Contains("--urls") ? [] : ["--urls", "http://127.0.0.1:0"];
}
