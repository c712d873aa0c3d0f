using Torch.Domain.Annotations;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Live;
using Torch.Server.Tests.Folding;

namespace Torch.Server.Tests.Live;

public sealed class StreamTests : FoldingTest
{
    [Fact]
    public async Task A_stream_says_hello_at_once_and_is_not_buffered_by_proxies()
    {
        await using var stream = await EventStreamClient.OpenAsync(_server.Address);
        (await stream.NextAsync())!.Event.ShouldBe("hello");
        stream.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        stream.Response.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
    }

    [Fact]
    public async Task A_client_of_another_log_is_told_to_fetch_anew()
    {
        await using var stream = await EventStreamClient.OpenAsync(_server.Address, "?after=99999999999");
        (await stream.NextAsync())!.Event.ShouldBe("hello");
        (await stream.NextAsync())!.Event.ShouldBe("reset");
    }

    [Fact]
    public async Task A_transition_arrives_when_it_can_be_read()
    {
        var leaf = await _server.LeafAsync("db");
        await _server.SettleAsync();
        await using var stream = await EventStreamClient.OpenAsync(_server.Address);
        await stream.NextAsync();
        await _server.ReportAsync("db", "down");

        var heard = (await stream.TakeAsync("transition", 1))[0];
        (await _database.StatusAsync(leaf)).ShouldBe("down");
        heard.Data.GetProperty("nodeId").GetGuid().ShouldBe(leaf);
        heard.Data.GetProperty("nodeName").GetString().ShouldBe("db");
        heard.Data.GetProperty("to").GetString().ShouldBe("down");
        heard.Data.GetProperty("position").GetInt64().ShouldBe(heard.Id);
    }

    [Fact]
    public async Task A_change_of_structure_names_the_node_its_parents_and_what_changed()
    {
        var shop = await _server.GroupAsync("shop");
        await using var stream = await EventStreamClient.OpenAsync(_server.Address);
        await stream.NextAsync();
        var payments = await _server.GroupAsync("payments", shop);
        await _server.AppendAsync(Log.Journal, payments, new NodeRenamed(payments, "pay"));

        var heard = new List<string?>();
        while (heard.LastOrDefault() != "renamed")
        {
            var change = (await stream.TakeAsync("structure", 1))[0].Data;
            if (change.GetProperty("nodeId").GetGuid() == payments)
                heard.Add(change.GetProperty("change").GetString());
            if (heard.LastOrDefault() == "linked")
                change.GetProperty("parentIds")[0].GetGuid().ShouldBe(shop);
        }
        heard.ShouldBe(["created", "linked", "renamed"]);
    }

    [Fact]
    public async Task What_is_said_of_a_node_is_heard_by_who_looks_at_one_above_it()
    {
        var shop = await _server.GroupAsync("shop");
        var payments = await _server.GroupAsync("payments", shop);
        await _server.SettleAsync();
        await using var stream = await EventStreamClient.OpenAsync(_server.Address, $"?root={shop}");
        await stream.NextAsync();
        var id = Guid.CreateVersion7();
        var at = DateTimeOffset.UnixEpoch;
        var position = await _server.AppendAsync(
            Log.Journal,
            id,
            new AnnotationAdded(id, payments, AnnotationKind.Deploy, "v2", null, at)
        );

        var heard = (await stream.TakeAsync("structure", 1))[0];

        heard.Id.ShouldBe(position);
        heard.Data.GetProperty("nodeId").GetGuid().ShouldBe(payments);
        heard.Data.GetProperty("change").GetString().ShouldBe("annotated");
    }

    [Fact]
    public async Task A_stream_resumes_without_gap_or_double()
    {
        var leaf = await _server.LeafAsync("db");
        await _server.SettleAsync();
        var flipping = FlipAsync(60);
        var heard = new List<long>();
        long? last = 0;
        while (heard.Count < 60)
        {
            // A new connection every few events, while more keep coming.
            await using var stream = await EventStreamClient.OpenAsync(_server.Address, "?types=transition", last);
            foreach (var next in await stream.TakeAsync("transition", Math.Min(7, 60 - heard.Count)))
                heard.Add((last = next.Id).Value);
        }
        await flipping;

        var written = await _database.TextAsync(
            $"select string_agg(position::text, ',' order by position) from torch.transitions where node_id = '{leaf}'"
        );
        string.Join(',', heard).ShouldBe(written);
    }

    [Fact]
    public async Task A_client_that_missed_too_much_is_told_to_fetch_anew()
    {
        var id = await _server.GroupAsync("busy");
        for (var i = 0; i < 2; i++)
        {
            var renames = Enumerable
                .Range(0, LiveSubscription.Capacity)
                .Select(n =>
                    Torch.Server.Events.EventCodec.Encode(new NodeRenamed(id, $"busy {n}"), Guid.CreateVersion7())
                );
            await _server.AppendAsync(new StreamAppend(Log.Journal, id, [.. renames], "node"));
        }
        await _server.SettleAsync();

        await using var stream = await EventStreamClient.OpenAsync(_server.Address, "?after=1");
        (await stream.NextAsync())!.Event.ShouldBe("hello");
        (await stream.NextAsync())!.Event.ShouldBe("reset");
        (await stream.NextAsync()).ShouldBeNull();
    }

    [Fact]
    public void A_slow_clients_buffer_ends_instead_of_growing()
    {
        using var slow = new LiveSubscription(new LiveFilter(LiveFilter.DefaultKinds), 0, _ => { });
        for (var i = 1; i <= LiveSubscription.Capacity + 1; i++)
            slow.Offer(new LiveEvent(i, LiveFilter.Transition, Guid.Empty, [], new HashSet<Guid>()));

        for (var i = 1; i <= LiveSubscription.Capacity; i++)
            slow.Events.TryRead(out var live).ShouldBeTrue();
        slow.Events.Completion.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stream_with_a_root_hears_of_that_tree_alone()
    {
        var mine = await _server.GroupAsync("mine");
        await _server.LeafAsync("mine/leaf", mine);
        var other = await _server.GroupAsync("other");
        await _server.LeafAsync("other/leaf", other);
        await _server.SettleAsync();
        await using var stream = await EventStreamClient.OpenAsync(_server.Address, $"?types=transition&root={mine}");
        await stream.NextAsync();
        await _server.ReportAsync("other/leaf", "down");
        await _server.ReportAsync("mine/leaf", "down");

        var names = (await stream.TakeAsync("transition", 2)).Select(e => e.Data.GetProperty("nodeName").GetString());
        names.Order().ShouldBe(["mine", "mine/leaf"]);
    }

    [Fact]
    public async Task Observations_are_sent_only_when_asked_for()
    {
        await using var quiet = await EventStreamClient.OpenAsync(_server.Address, "?types=transition");
        await using var curious = await EventStreamClient.OpenAsync(_server.Address, "?types=observation");
        await _server.ReportAsync("seen", value: 42);

        var heard = (await curious.TakeAsync("observation", 1))[0].Data;
        heard.GetProperty("checkId").GetGuid().ShouldBe(Torch.Domain.CheckIds.OfSource("seen"));
        heard.GetProperty("value").GetDouble().ShouldBe(42);
        (await quiet.NextAsync())!.Event.ShouldBe("hello");
        await Should.ThrowAsync<OperationCanceledException>(() => quiet.NextAsync(TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task An_open_stream_does_not_hold_up_the_servers_end()
    {
        await using var stream = await EventStreamClient.OpenAsync(_server.Address);
        await stream.NextAsync();
        await _server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        (await stream.NextAsync()).ShouldBeNull();
        _server = await FoldingServer.StartAsync(_database);
    }

    private async Task FlipAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await _server.ReportAsync("db", i % 2 == 0 ? "down" : "up");
            await Task.Delay(5);
        }
    }
}
