namespace Torch.Cli.Tests;

/// <summary>The read models from the command line, on the whole of Torch in one process.</summary>
public sealed class ProjectionsTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("torch-cli-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Projections_are_listed_verified_rebuilt_and_asked_what_they_have_parked()
    {
        await using var torch = TorchRun.Start(["serve", "--data", _data, "--urls", "http://127.0.0.1:0"]);
        var address = await torch.AddressAsync();
        await RunAsync(ExitCodes.Success, address, "report", "backup/db1", "42");

        var list = await RunAsync(ExitCodes.Success, address, "projections", "list");
        list.ShouldContain("Transitions");
        var verified = await RunAsync(ExitCodes.Success, address, "projections", "verify");
        verified.ShouldContain("LatestObservations: equal at position");
        var rebuilt = await RunAsync(ExitCodes.Success, address, "projections", "rebuild", "LatestObservations:All");
        rebuilt.ShouldContain("LatestObservations: swapped at position");
        (await RunAsync(ExitCodes.Success, address, "projections", "rebuild", "--all")).ShouldContain("Nodes: swapped");
        (await RunAsync(ExitCodes.Success, address, "projections", "parked", "Rollups")).ShouldBe(
            "nothing is parked\n"
        );
        await RunAsync(ExitCodes.Settings, address, "projections", "rebuild");
        await RunAsync(ExitCodes.Server, address, "projections", "cancel", "Rollups");
        await RunAsync(ExitCodes.Server, address, "projections", "parked", "Weather");
    }

    private static async Task<string> RunAsync(int exitCode, string address, params string[] arguments)
    {
        var (code, output, errors) = await TorchRun.EndAsync([.. arguments, "--server", address]);
        code.ShouldBe(exitCode, errors);
        return output;
    }
}
