using System.Globalization;
using System.Net;

namespace Torch.Server.Tests.Features;

public sealed class RacingTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private const int Racers = 30;
    private readonly NodeWorld _world = new(fixture.Client);

    [Fact]
    public async Task Publications_on_one_node_at_once_all_come_through_one_after_the_other()
    {
        var node = await _world.GroupAsync("Shop");
        var answers = await Task.WhenAll(Enumerable.Range(1, Racers).Select(i => PublishAsync(node, i)));
        answers.ShouldAllBe(a => a == HttpStatusCode.OK);
        var versions = await fixture.Client.FetchAsync($"{NodeWorld.Nodes}/{node}/rules/versions");
        versions.EnumerateArray().Select(v => (int)v.Number("version")).ShouldBe(Enumerable.Range(1, Racers).Reverse());
    }

    [Fact]
    public async Task Children_added_at_once_in_many_places_all_come_through()
    {
        var parents = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => _world.GroupAsync(Name("Hall", i))));
        var children = await Task.WhenAll(
            Enumerable.Range(0, Racers).Select(i => _world.GroupAsync(Name("Rack", i), parents[i % parents.Length]))
        );
        children.Distinct().Count().ShouldBe(Racers);
    }

    private async Task<HttpStatusCode> PublishAsync(string node, int limit)
    {
        var when = string.Create(CultureInfo.InvariantCulture, $"count(children where status >= critical) >= {limit}");
        var rules = $$"""{"rules":[{"when":"{{when}}","then":"down"}]}""";
        using var answer = await fixture.Client.SendAsync("PUT", $"{NodeWorld.Nodes}/{node}/rules", rules);
        return answer.StatusCode;
    }

    private static string Name(string kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind} {number}");
}
