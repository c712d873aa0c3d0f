namespace Torch.Cli.Tests;

/// <summary>The read models from the command line.</summary>
public sealed class ProjectionsTests(SharedTorch torch)
{
    [Fact]
    public async Task Retention_says_what_would_go_and_why_the_rest_stays()
    {
        await torch.ReportAsync("retention/db1", 42);
        (await torch.RunAsync(ExitCodes.Success, "log", "retention", "--dry-run")).ShouldContain(" MB  ");
        string[] json = ["log", "retention", "--dry-run", "--json"];
        (await torch.RunAsync(ExitCodes.Success, json)).ShouldContain("\"dropped\":[]");
    }

    [Fact]
    public async Task Projections_are_listed_verified_rebuilt_and_asked_what_they_have_parked()
    {
        await torch.ReportAsync("projections/db1", 42);

        (await torch.RunAsync(ExitCodes.Success, "projections", "list")).ShouldContain("Transitions");
        (await torch.RunAsync(ExitCodes.Success, "projections", "list", "--json")).ShouldStartWith("[{");
        var verified = await torch.RunAsync(ExitCodes.Success, "projections", "verify");
        verified.ShouldContain("LatestObservations: equal at position");
        var rebuilt = await torch.RunAsync(ExitCodes.Success, "projections", "rebuild", "LatestObservations:All");
        rebuilt.ShouldContain("LatestObservations: swapped at position");
        (await torch.RunAsync(ExitCodes.Success, "projections", "rebuild", "--all")).ShouldContain("Nodes: swapped");
        (await torch.RunAsync(ExitCodes.Success, "projections", "parked", "Rollups")).ShouldBe("nothing is parked\n");
        await torch.RunAsync(ExitCodes.Settings, "projections", "rebuild");
        await torch.RunAsync(ExitCodes.Server, "projections", "cancel", "Rollups");
        await torch.RunAsync(ExitCodes.Server, "projections", "parked", "Weather");
    }
}
