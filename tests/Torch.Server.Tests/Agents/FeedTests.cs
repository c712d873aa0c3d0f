using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Agents;
using Torch.Server.Tests.Folding;
using CheckKind = Torch.Domain.Checks.CheckKind;
using FeedSettings = Torch.Domain.Checks.FeedSettings;
using Latency = Torch.Contracts.Latency;
using ProbeCompleted = Torch.Contracts.ProbeCompleted;

namespace Torch.Server.Tests.Agents;

public sealed class FeedTests : FoldingTest
{
    private static readonly CheckSettings Office = new(
        "Office",
        CheckKind.Feed,
        Interval: TimeSpan.FromSeconds(30),
        Feed: new FeedSettings("http://127.0.0.1:1/devices")
    );

    [Fact]
    public async Task Each_device_becomes_a_report_of_its_own_and_new_ones_are_unplaced()
    {
        var feed = await FeedAsync(Office);

        await DeliverAsync(feed, new("7", "Printer", "online", "10.0.0.7"), new("8", null, "blinking", null));

        (await ReportAsync("Office/7")).ShouldBe("Printer|up|10.0.0.7 is online");
        (await ReportAsync("Office/8")).ShouldBe("Office/8|unknown|blinking");
        (await _database.CountAsync("telemetry.mt_events where type = 'report_received'")).ShouldBe(2);
        (await _database.CountAsync($"telemetry.mt_events where stream_id = '{feed}'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_feeds_source_names_its_devices_and_a_delivery_that_comes_again_adds_nothing()
    {
        var feed = await FeedAsync(Office with { Source = "site/office" });
        var delivery = Delivery(feed, new FeedItem("7", "Printer", "down", null));

        await LinkDeliverAsync(delivery);
        await LinkDeliverAsync(delivery);

        (await ReportAsync("site/office/7")).ShouldBe("Printer|down|down");
        (await _database.CountAsync("telemetry.mt_events where type = 'report_received'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_device_that_changes_its_state_flips_the_node_that_shows_it()
    {
        var feed = await FeedAsync(Office);
        var leaf = await _server.LeafAsync("Office/7");
        await DeliverAsync(feed, new FeedItem("7", "Printer", "online", null));
        await _server.SettleAsync();
        (await _database.StatusAsync(leaf)).ShouldBe("up");

        await DeliverAsync(feed, new FeedItem("7", "Printer", "offline", null));
        await _server.SettleAsync();

        (await _database.StatusAsync(leaf)).ShouldBe("down");
    }

    [Fact]
    public async Task Devices_that_no_list_should_hold_are_left_out()
    {
        var feed = await FeedAsync(Office);

        await DeliverAsync(
            feed,
            new("", "nameless", "up", null),
            new("a\0b", "odd", "up", null),
            new(new string('x', 101), "long", "up", null),
            new("9", "N\0\tame", "up", null)
        );

        (await _database.CountAsync("telemetry.mt_events where type = 'report_received'")).ShouldBe(1);
        (await ReportAsync("Office/9")).ShouldStartWith("N");
    }

    private async Task<Guid> FeedAsync(CheckSettings settings)
    {
        var id = Guid.CreateVersion7();
        await _server.AppendAsync(Log.Journal, id, new CheckCreated(id, settings));
        await _server.SettleAsync();
        return id;
    }

    private Task DeliverAsync(Guid feed, params FeedItem[] items) => LinkDeliverAsync(Delivery(feed, items));

    private async Task LinkDeliverAsync(ResultDelivery delivery)
    {
        using var limit = FoldingServer.Limit;
        await _server.Get<IAgentLink>().DeliverAsync("agent-1", delivery, limit.Token);
        await _server.SettleAsync();
    }

    private static ResultDelivery Delivery(Guid feed, params FeedItem[] items) =>
        new(
            Guid.CreateVersion7(),
            0,
            1,
            [
                new ProbeCompleted(
                    Guid.CreateVersion7(),
                    Guid.CreateVersion7(),
                    feed,
                    DateTimeOffset.UtcNow,
                    ProbeOutcome.Up,
                    null,
                    null,
                    200,
                    "1.1",
                    "127.0.0.1",
                    new Latency(null, 1, null, 1, 1, 3),
                    null,
                    null,
                    null,
                    10,
                    0,
                    "agent-1",
                    Items: items
                ),
            ],
            []
        );

    private Task<string?> ReportAsync(string source) =>
        _database.TextAsync(
            $"""
            select c.name || '|' || coalesce(l.data->>'status', 'up') || '|' || coalesce(l.data->>'message', '')
            from torch.checks c join torch.latest_observations l on l.check_id = c.id where c.id = '{CheckIds.OfSource(
                source
            )}'
            """
        );
}
