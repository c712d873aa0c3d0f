using Torch.Contracts;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Agents;
using Torch.Server.Tests.Folding;
using Torch.Testing;
using CheckKind = Torch.Domain.Checks.CheckKind;
using Latency = Torch.Contracts.Latency;
using ProbeCompleted = Torch.Contracts.ProbeCompleted;

namespace Torch.Server.Tests.Agents;

public sealed class AgentLinkTests : IAsyncLifetime
{
    private static readonly CheckSettings Shop = new(
        "shop",
        CheckKind.Http,
        Interval: TimeSpan.FromSeconds(5),
        Timeout: TimeSpan.FromSeconds(3),
        Http: new("http://127.0.0.1:1/", StatusCodes: ["200-299"])
    );

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));
    private TestDatabase _database = null!;
    private FoldingServer _server = null!;

    private IAgentLink Link => _server.Get<IAgentLink>();

    public async ValueTask InitializeAsync()
    {
        _database = await FoldingServer.NewDatabaseAsync();
        _server = await FoldingServer.StartAsync(_database);
    }

    public async ValueTask DisposeAsync()
    {
        _limit.Dispose();
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task An_agent_gets_the_enabled_probes_at_once_and_again_when_they_change()
    {
        var id = Guid.CreateVersion7();
        await using var lists = Link.ChecksAsync("agent-1", _limit.Token).GetAsyncEnumerator();
        (await lists.MoveNextAsync()).ShouldBeTrue();
        lists.Current.ShouldBeEmpty();

        await _server.AppendAsync(Log.Journal, id, new CheckCreated(id, Shop));
        await lists.MoveNextAsync();
        var scheduled = lists.Current.ShouldHaveSingleItem();
        (scheduled.CheckId, scheduled.Version).ShouldBe((id, 1));
        scheduled.Interval.ShouldBe(TimeSpan.FromSeconds(5));
        scheduled.Settings.Http!.Url.ShouldBe("http://127.0.0.1:1/");

        var nightly = Shop with { Interval = null, Cron = "0 3 * * *", TimeZone = "Europe/Berlin" };
        await _server.AppendAsync(Log.Journal, id, new CheckChanged(id, nightly));
        await lists.MoveNextAsync();
        scheduled = lists.Current.ShouldHaveSingleItem();
        (scheduled.Interval, scheduled.Cron, scheduled.TimeZone).ShouldBe((null, "0 3 * * *", "Europe/Berlin"));

        await _server.AppendAsync(Log.Journal, id, new CheckChanged(id, Shop with { Enabled = false }));
        await lists.MoveNextAsync();
        lists.Current.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_answers_the_result_once_it_is_durable()
    {
        var agent = AnswerAsync("agent-1");
        await Eventually.IsTrueAsync(() => Link.Agents.Contains("agent-1"));
        var run = new RunProbe(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Contracts.CheckKind.Http,
            TimeSpan.FromSeconds(1),
            new ProbeSettings()
        );

        var result = await Link.RunAsync(run, ["default"], _limit.Token);

        result!.RunId.ShouldBe(run.RunId);
        (
            await _database.CountAsync($"telemetry.mt_events where id = '{result.Id}' and type = 'probe_completed'")
        ).ShouldBe(1);
        await _limit.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => agent);
        Link.Agents.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_live_agent_a_run_has_no_result()
    {
        var run = new RunProbe(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Contracts.CheckKind.Http,
            TimeSpan.FromSeconds(1),
            new ProbeSettings()
        );
        (await Link.RunAsync(run, ["default"], _limit.Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_delivery_that_comes_again_is_in_the_log_once_and_the_answer_says_where_its_spool_stands()
    {
        var spool = Guid.CreateVersion7();
        var (first, second) = (Result(Guid.CreateVersion7()), Result(Guid.CreateVersion7()));
        var delivery = new ResultDelivery(spool, 0, 5, [first, second], []);
        (await Link.DeliverAsync("agent-1", delivery, _limit.Token)).ShouldBe(5);
        (await Link.DeliverAsync("agent-1", delivery, _limit.Token)).ShouldBe(5);
        (await Link.DeliverAsync("agent-1", new ResultDelivery(spool, 0, 1, [first], []), _limit.Token)).ShouldBe(5);
        (await Link.DeliverAsync("agent-1", new ResultDelivery(spool, 7, 8, [first], []), _limit.Token)).ShouldBe(5);

        (await _database.CountAsync("telemetry.mt_events where type = 'probe_completed'")).ShouldBe(2);
    }

    [Fact]
    public async Task A_delivery_keeps_its_order()
    {
        var check = Guid.CreateVersion7();
        var results = Enumerable.Range(0, 300).Select(_ => Result(check)).ToArray();
        await DeliverAsync(results);

        var stored = await _database.TextAsync(
            $"select string_agg(id::text, ' ' order by version) from telemetry.mt_events where stream_id = '{check}'"
        );
        stored.ShouldBe(string.Join(' ', results.Select(result => result.Id)));
    }

    [Fact]
    public async Task A_result_that_PostgreSQL_refuses_loses_its_texts_and_not_its_verdict()
    {
        var odd = Result(Guid.CreateVersion7()) with { Measures = new Dictionary<string, double> { ["\0"] = 1 } };
        await DeliverAsync([Result(Guid.CreateVersion7()), odd]);

        (await _database.CountAsync("telemetry.mt_events where type = 'probe_completed'")).ShouldBe(2);
        (await _database.TextAsync($"select data->>'message' from telemetry.mt_events where id = '{odd.Id}'")).ShouldBe(
            "What the target sent cannot be stored."
        );
    }

    [Fact]
    public async Task A_result_with_NUL_in_its_text_is_stored_all_the_same()
    {
        var result = Result(Guid.CreateVersion7()) with
        {
            Text = "a\0b",
            Headers = new Dictionary<string, string> { ["X-Odd"] = "\0" },
        };
        await DeliverAsync([result]);

        (await _database.TextAsync($"select data->>'text' from telemetry.mt_events where id = '{result.Id}'")).ShouldBe(
            "a\uFFFDb"
        );
    }

    private async Task AnswerAsync(string agent)
    {
        await foreach (var run in Link.CommandsAsync(agent, _limit.Token))
            await DeliverAsync([Result(run.CheckId) with { RunId = run.RunId, Agent = agent }]);
    }

    private Task<long> DeliverAsync(IReadOnlyList<ProbeCompleted> results) =>
        Link.DeliverAsync(
            "agent-1",
            new ResultDelivery(Guid.CreateVersion7(), 0, results.Count, results, []),
            _limit.Token
        );

    private static ProbeCompleted Result(Guid checkId) =>
        new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            checkId,
            DateTimeOffset.UtcNow,
            ProbeOutcome.Up,
            null,
            null,
            200,
            "1.1",
            "127.0.0.1",
            new Latency(null, 1, null, 2, 3, 6),
            null,
            null,
            "hello",
            5,
            0,
            "agent-1"
        );
}
