using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Projecting;

namespace Torch.Server.Tests.Features;

public sealed class AvailabilityTests : TorchTest
{
    private const string Path = "/api/v1/availability";
    private static readonly DateTimeOffset End = new(DateTime.UtcNow.Date, TimeSpan.Zero);
    private static readonly string Day = $"from={End.AddDays(-1):yyyy-MM-dd}T00:00:00Z&to={End:yyyy-MM-dd}T00:00:00Z";

    [Fact]
    public async Task Nodes_are_ranked_by_how_available_they_were()
    {
        var shop = await NodeAsync("""{"name":"shop"}""");
        var bad = await NodeAsync($$"""{"name":"bad","parentId":"{{shop}}"}""");
        var good = await NodeAsync($$"""{"name":"good","parentId":"{{shop}}"}""");
        await HistoryAsync(shop, ("up", -40), ("maintenance", -12), ("up", -6));
        await HistoryAsync(bad, ("up", -40), ("down", -12), ("up", -6));
        await HistoryAsync(good, ("degraded", -40));
        await NodeAsync("""{"name":"new"}""");

        var ranking = await _client.FetchAsync($"{Path}?{Day}");

        Told(ranking).ShouldBe(["1 bad 75", "2 good 100", "2 shop 100", "4 new -"]);
        var first = ranking.Many("items")[0];
        first.Many("path").Select(n => n.GetString()).ShouldBe(["shop", "bad"]);
        (first.Number("good"), first.Number("bad")).ShouldBe((64_800_000, 21_600_000));
        var inPart = ranking.Many("items")[2];
        (inPart.Number("good"), inPart.Number("excluded"), inPart.Number("noData")).ShouldBe(
            (64_800_000, 21_600_000, 0)
        );
        Told(await _client.FetchAsync($"{Path}?{Day}&order=best&limit=2")).ShouldBe(["1 good 100", "1 shop 100"]);
        var page = await _client.FetchAsync($"{Path}?{Day}&limit=1");
        Told(await _client.FetchAsync($"{Path}?{Day}&limit=1&after={page.Text("next")}")).ShouldBe(["2 good 100"]);
        Told(await _client.FetchAsync($"{Path}?{Day}&root={bad}")).ShouldBe(["1 bad 75"]);
        (await _client.FetchAsync($"{Path}?{Day}&kind=leaf")).Number("total").ShouldBe(0);
        (await _client.FetchAsync($"{Path}?{Day}&kind=group")).Number("total").ShouldBe(4);
    }

    [Fact]
    public async Task Recorded_gaps_count_as_nothing()
    {
        var node = await NodeAsync("""{"name":"shop"}""");
        await HistoryAsync(node, ("up", -40), ("down", -12));
        await AppendAsync(Log.Telemetry, WellKnown.Clock, new ServiceResumed(End.AddHours(-6)));

        var one = (await _client.FetchAsync($"{Path}?{Day}")).Many("items").ShouldHaveSingleItem();

        (one.Number("good"), one.Number("bad"), one.Number("noData")).ShouldBe((43_200_000, 21_600_000, 21_600_000));
    }

    [Theory]
    [InlineData("order=middle")]
    [InlineData("kind=tree")]
    [InlineData("from=2999-01-01T00:00:00Z&to=2999-02-01T00:00:00Z")]
    [InlineData("after=x")]
    public async Task What_makes_no_sense_is_refused(string query)
    {
        using var answer = await _client.SendAsync("GET", $"{Path}?{query}");
        await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
    }

    private static IEnumerable<string> Told(JsonElement ranking) =>
        ranking
            .Many("items")
            .Select(i =>
                $"{i.Number("rank")} {i.Text("name")} {(i.GetProperty("availability") is { ValueKind: JsonValueKind.Number } a ? a.GetDecimal().ToString("0.##") : "-")}"
            );

    private async Task<string> NodeAsync(string body) =>
        (await _client.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/nodes", body)).Text("id");

    private async Task HistoryAsync(string node, params (string Status, double Hours)[] changes)
    {
        var (id, from) = (Guid.Parse(node), "unknown");
        foreach (var (status, hours) in changes)
        {
            var why = new Why("rule", "because", 0, 0, [], [], 1);
            await AppendAsync(
                Log.Journal,
                StreamIds.StatusOf(id),
                new NodeTransitioned(id, from, status, End.AddHours(hours), why)
            );
            from = status;
        }
    }

    private async Task AppendAsync(Log log, Guid stream, IEvent @event)
    {
        var data = EventCodec.Encode(@event, Guid.CreateVersion7());
        var outcome = await _torch
            .Services.GetRequiredService<IEventLog>()
            .AppendAsync(
                new AppendRequest { Streams = [new StreamAppend(log, stream, [data], "status")] },
                CancellationToken.None
            );
        var position = outcome.ShouldBeOfType<AppendOutcome.Appended>().Position;
        await _torch.Services.GetRequiredService<IReadPosition>().WaitForAsync(position, CancellationToken.None);
    }
}
