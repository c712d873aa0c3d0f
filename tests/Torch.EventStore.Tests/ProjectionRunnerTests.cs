namespace Torch.EventStore.Tests;

public sealed class ProjectionRunnerTests : IAsyncLifetime
{
    private readonly LogFixture _fixture = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));
    private LogTail _tail = null!;

    public async ValueTask InitializeAsync()
    {
        await _fixture.InitializeAsync();
        await Notes.CreateTableAsync(_fixture.Database);
        _tail = new LogTail(_fixture.Log);
    }

    public async ValueTask DisposeAsync()
    {
        await _limit.CancelAsync();
        await _tail.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    private ProjectionRunner Run(params IProjection[] projections)
    {
        var runner = new ProjectionRunner(_fixture.Database.DataSource, _tail, projections);
        _ = Task.Run(() => runner.RunAsync(_limit.Token));
        return runner;
    }

    private async Task<long> AppendAsync(int count, string type = "report_received")
    {
        var events = Enumerable.Range(0, count).Select(_ => Some.Event(type)).ToArray();
        return (await _fixture.Log.MustAppendAsync(Some.Append(Log.Telemetry, Guid.CreateVersion7(), events))).Position;
    }

    private Task<long> SeenAsync(string projection) =>
        _fixture.Database.CountAsync($"torch.seen where projection = '{projection}'");

    [Fact]
    public async Task Each_projection_sees_the_types_it_wants_and_all_checkpoints_move_together()
    {
        await AppendAsync(5, "report_received");
        var head = await AppendAsync(3, "probe_completed");
        var runner = Run(new Notes("All:All"), new Notes("Probes:All", ["probe_completed"]));

        await runner.WaitForAsync(head, _limit.Token);

        (await SeenAsync("All:All")).ShouldBe(8);
        (await SeenAsync("Probes:All")).ShouldBe(3);
        (await _fixture.Log.CheckpointAsync("Probes:All", _limit.Token)).ShouldBe(head);
    }

    [Fact]
    public async Task A_projection_that_stands_behind_the_group_catches_up()
    {
        var head = await AppendAsync(20);
        using (var first = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token))
        {
            var alone = new ProjectionRunner(_fixture.Database.DataSource, _tail, [new Notes("Old:All")]);
            var running = alone.RunAsync(first.Token);
            await alone.WaitForAsync(head, _limit.Token);
            await first.CancelAsync();
            await running;
        }

        var runner = Run(new Notes("Old:All"), new Notes("New:All"));
        await runner.WaitForAsync(head, _limit.Token);

        (await SeenAsync("Old:All")).ShouldBe(20);
        (await SeenAsync("New:All")).ShouldBe(20);
    }

    [Fact]
    public async Task A_poisonous_event_is_parked_and_everything_else_goes_on()
    {
        var poison = await AppendAsync(1, "bad");
        var runner = Run(new Notes("Picky:All") { Poison = e => e.Type == "bad" }, new Notes("Easy:All"));
        var head = await AppendAsync(10);

        await runner.WaitForAsync(head, _limit.Token);

        (await SeenAsync("Picky:All")).ShouldBe(10);
        (await SeenAsync("Easy:All")).ShouldBe(11);
        (
            await _fixture.Database.CountAsync(
                $"torch_log.parked_events where projection = 'Picky:All' and position = {poison}"
            )
        ).ShouldBe(1);
        (await _fixture.Database.CountAsync("torch_log.parked_events")).ShouldBe(1);
    }

    [Fact]
    public async Task A_missing_read_table_parks_nothing_and_is_waited_for()
    {
        await _fixture.Database.ExecuteAsync("alter table torch.seen rename to away");
        var runner = Run(new Notes("Early:All"));
        var head = await AppendAsync(5);
        await Eventually.IsTrueAsync(() => runner.Standstill is not null);
        await _fixture.Database.ExecuteAsync("alter table torch.away rename to seen");

        await runner.WaitForAsync(head, _limit.Token);

        (await SeenAsync("Early:All")).ShouldBe(5);
        (await _fixture.Database.CountAsync("torch_log.parked_events")).ShouldBe(0);
    }

    [Fact]
    public async Task Two_processes_fold_every_event_once_and_both_hear_of_all()
    {
        var heard = new[] { new List<long>(), new List<long>() };
        var runners = heard.Select(_ => Run(new Notes("Shared:All"))).ToList();
        await Task.WhenAll(runners.Select(r => r.WaitForAsync(0, _limit.Token)));
        foreach (var (runner, list) in runners.Zip(heard))
        {
            runner.OnApplied(batch =>
            {
                list.AddRange(batch.Events.Select(e => e.Position));
                return ValueTask.CompletedTask;
            });
        }
        long head = 0;
        for (var i = 0; i < 50; i++)
            head = await AppendAsync(2);

        await Eventually.IsTrueAsync(() => heard.All(list => list.LastOrDefault() == head));

        (await SeenAsync("Shared:All")).ShouldBe(100);
        foreach (var list in heard)
            list.ShouldBe(list.Order().Distinct());
    }

    [Fact]
    public async Task Losing_every_connection_neither_skips_nor_doubles()
    {
        var runner = Run(new Notes("Steady:All"));
        long head = 0;
        for (var i = 0; i < 5; i++)
        {
            head = await AppendAsync(20);
            await _fixture.Database.EndOtherSessionsAsync();
        }

        await runner.WaitForAsync(head, _limit.Token);

        (await SeenAsync("Steady:All")).ShouldBe(100);
    }
}
