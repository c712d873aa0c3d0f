using System.Text.Json;

namespace Torch.Cli.Tests;

/// <summary>The whole of Torch in one process, its own PostgreSQL included.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("torch-cli-").FullName;
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_report_outlives_a_clean_stop_and_a_kill()
    {
        await using (var first = Start())
        {
            var address = await first.AddressAsync();
            await Cli.RunAsync(ExitCodes.Success, "ready", "--server", address);
            string[] report = ["report", "backup/db1", "42", "--message", "hello", "--server", address];
            (await Cli.RunAsync(ExitCodes.Success, report)).ShouldStartWith("stored at position ");

            var second = await Cli.RunAsync("serve", "--data", _data, "--urls", "http://127.0.0.1:0");
            second.ExitCode.ShouldBe(ExitCodes.DataDirectory);
            second.Errors.ShouldContain("is in use by another Torch");
            await Cli.RunAsync(ExitCodes.Success, "ready", "--server", address);

            (await first.StopAsync()).ShouldBe(ExitCodes.Success, first.Errors);
            File.Exists(Path.Combine(_data, "postgres", "cluster", "postmaster.pid"))
                .ShouldBeFalse("PostgreSQL stops last, but it stops");
        }
        await using (var killed = Start())
        {
            (await ValueAsync(await killed.AddressAsync())).ShouldBe(42);
        }
        await using var third = await ServedTorch.StartAsync(_data);
        (await ValueAsync(third.Address)).ShouldBe(42);
    }

    private TorchRun Start() => TorchRun.Start(["serve", "--data", _data, "--urls", "http://127.0.0.1:0"]);

    private async Task<double> ValueAsync(string address)
    {
        var page = JsonElement.Parse(await _http.GetStringAsync(address + "/api/v1/reports?source=backup%2Fdb1"));
        return page.GetProperty("items")[0].GetProperty("value").GetDouble();
    }
}
