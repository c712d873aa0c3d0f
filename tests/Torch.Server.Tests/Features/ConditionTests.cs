using System.Net;

namespace Torch.Server.Tests.Features;

/// <summary>Conditions over windows and over time, through the API.</summary>
public sealed class ConditionTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private readonly NodeWorld _world = new(fixture.Client);

    [Fact]
    public async Task Rules_over_windows_and_hours_are_published_with_their_time_zone_and_explained_with_their_values()
    {
        var (leaf, source) = await _world.LeafAsync("Windowed");
        var when = "count(outcome is down, last 3) >= 2 and hour in 0..23";
        var json = $$"""{"rules":[{"when":"{{when}}","then":"degraded"}],"timeZone":"Australia/Lord_Howe"}""";
        await _world.DoAsync("PUT", $"{NodeWorld.Nodes}/{leaf}/rules", json);
        var rules = await _world.UntilAsync(leaf, r => r.Number("version") == 1, "/rules");
        rules.Text("timeZone").ShouldBe("Australia/Lord_Howe");
        await _world.ReportAsync(source, "down");
        await _world.ReportAsync(source, "down");
        await _world.UntilAsync(leaf, n => n.Text("status") == "degraded");
        var why = await fixture.Client.FetchAsync($"{NodeWorld.Nodes}/{leaf}/explain");
        why.Text("sentence").ShouldContain("2 of the last 3 observations had outcome is down");
        why.GetRawText().ShouldContain("Australia/Lord_Howe");
    }

    [Theory]
    [InlineData("""{"rules":[],"timeZone":"Mars/Olympus"}""", "/timeZone", "Europe/Berlin")]
    [InlineData("""{"rules":[{"when":"value > 5  and value < 3","then":"down"}]}""", "/rules/0/when", "column 16: ")]
    [InlineData("""{"rules":[{"when":"day in (someday)","then":"down"}]}""", "/rules/0/when", "column 9: ")]
    [InlineData("""{"rules":[{"when":"vlaue > 5","then":"down"}]}""", "/rules/0/when", "latency.total")]
    public async Task Bad_conditions_are_refused_with_pointer_column_and_what_would_be_accepted(
        string json,
        string pointer,
        string says
    )
    {
        var (leaf, _) = await _world.LeafAsync("Mistaken");
        using var response = await fixture.Client.SendAsync("PUT", $"{NodeWorld.Nodes}/{leaf}/rules", json);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        problem.GetProperty("errors").GetProperty(pointer)[0].GetString()!.ShouldContain(says);
    }
}
