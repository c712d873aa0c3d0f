using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features.Slos;
using Torch.Server.Projecting;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

public sealed class BurnRuleTests : TorchTest
{
    [Fact]
    public async Task A_node_that_shows_an_objective_is_down_while_its_budget_burns_and_its_rules_know_the_rates()
    {
        var shop = await CreateAsync("nodes", """{"name":"shop"}""");
        var now = DateTimeOffset.UtcNow;
        await TransitionAsync(shop, "unknown", "up", now.AddDays(-4));
        await TransitionAsync(shop, "up", "down", now.AddMinutes(-10));
        var objective = await CreateAsync(
            "slos",
            $$"""{"window":{"kind":"rolling","duration":"P30D"},"name":"Shop","nodeId":"{{shop}}","target":99.9}"""
        );
        var plain = await CreateAsync(
            "slos",
            $$"""{"window":{"kind":"rolling","duration":"P30D"},"name":"Unwatched","nodeId":"{{shop}}","target":99}"""
        );
        var check = await CreateAsync(
            "checks",
            $$"""{"name":"Shop budget","kind":"report","source":"slo/{{objective}}"}"""
        );
        var leaf = await CreateAsync("nodes", $$"""{"name":"budget","checkId":"{{check}}"}""");
        var ruled = await CreateAsync("nodes", $$"""{"name":"ruled","checkId":"{{check}}"}""");
        await _client.ExpectAsync(
            HttpStatusCode.OK,
            "PUT",
            $"/api/v1/nodes/{ruled}/rules",
            """{"rules":[{"when":"metrics[\"burn.1h\"] > 14.4 and metrics[\"burn.5m\"] > 14.4","then":"critical"}]}"""
        );

        await _torch.Services.GetRequiredService<ObjectiveWatch>().LookAsync(CancellationToken.None);

        await UntilAsync(leaf, "down");
        await UntilAsync(ruled, "critical");
        var report = (await _client.FetchAsync("/api/v1/reports")).Items().ShouldHaveSingleItem();
        report.Text("source").ShouldBe($"slo/{objective}");
        report.Text("source").ShouldNotContain(plain);
        report.Text("message").ShouldStartWith("The budget burns ");

        await TransitionAsync(shop, "down", "up", DateTimeOffset.UtcNow);
        await _client.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            $"/api/v1/slos/{objective}/exclusions",
            $$"""{"from":"{{now.AddHours(-1):O}}","to":"{{DateTimeOffset.UtcNow:O}}","reason":"moved"}"""
        );
        await Eventually.IsTrueAsync(async () =>
        {
            await _torch.Services.GetRequiredService<ObjectiveWatch>().LookAsync(CancellationToken.None);
            return (await _client.FetchAsync($"/api/v1/nodes/{leaf}")).Text("status") == "up";
        });
    }

    private Task UntilAsync(string node, string status) =>
        Eventually.IsTrueAsync(async () =>
            (await _client.FetchAsync($"/api/v1/nodes/{node}")).Text("status") == status
        );

    private async Task<string> CreateAsync(string what, string body) =>
        (await _client.ExpectAsync(HttpStatusCode.Created, "POST", $"/api/v1/{what}", body)).Text("id");

    private async Task TransitionAsync(string node, string from, string to, DateTimeOffset at)
    {
        var id = Guid.Parse(node);
        var @event = new NodeTransitioned(id, from, to, at, new Why("rule", "because", 0, 0, [], [], 1));
        var append = new StreamAppend(
            Log.Journal,
            Domain.StreamIds.StatusOf(id),
            [EventCodec.Encode(@event, Guid.CreateVersion7())],
            "status"
        );
        var outcome = await _torch
            .Services.GetRequiredService<IEventLog>()
            .AppendAsync(new AppendRequest { Streams = [append] }, CancellationToken.None);
        var position = outcome.ShouldBeOfType<AppendOutcome.Appended>().Position;
        await _torch.Services.GetRequiredService<IReadPosition>().WaitForAsync(position, CancellationToken.None);
    }
}
