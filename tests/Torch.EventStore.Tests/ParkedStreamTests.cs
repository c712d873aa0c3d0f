namespace Torch.EventStore.Tests;

public sealed class ParkedStreamTests : IAsyncLifetime
{
    private readonly LogFixture _fixture = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));
    private readonly Notes _notes = new("Picky:All") { Poison = e => e.Type == "bad" };
    private LogTail _tail = null!;
    private ProjectionRunner _runner = null!;
    private ParkedStreams _parked = null!;

    public async ValueTask InitializeAsync()
    {
        await _fixture.InitializeAsync();
        await Notes.CreateTableAsync(_fixture.Database);
        _tail = new LogTail(_fixture.Log);
        _parked = new ParkedStreams(_fixture.Database.DataSource);
        _runner = Run();
    }

    public async ValueTask DisposeAsync()
    {
        await _limit.CancelAsync();
        await _tail.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task What_comes_after_an_event_that_cannot_be_folded_waits_behind_it_in_order()
    {
        var (sick, well) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await AppendAsync(sick);
        var poison = await AppendAsync(sick, "bad");
        await AppendAsync(well);
        await SettleAsync(await AppendAsync(sick));
        await SettleAsync(await AppendAsync(well));

        (await SeenAsync(sick)).ShouldBe(1);
        (await SeenAsync(well)).ShouldBe(2);
        var stream = (await _parked.ListAsync(_notes, _limit.Token)).ShouldHaveSingleItem();
        (stream.StreamId, stream.Log, stream.Position, stream.Type).ShouldBe((sick, Log.Telemetry, poison, "bad"));
        (stream.Events, stream.Error).ShouldBe((2, $"InvalidOperationException: cannot fold {poison}"));
    }

    [Fact]
    public async Task The_same_id_in_the_other_log_is_another_stream()
    {
        var id = Guid.CreateVersion7();
        await AppendAsync(id, "bad");
        await SettleAsync(await AppendAsync(id, "check_changed", Log.Journal));

        (await SeenAsync(id)).ShouldBe(1);
    }

    [Fact]
    public async Task A_retry_folds_what_waited_and_the_stream_goes_on()
    {
        var sick = Guid.CreateVersion7();
        await AppendAsync(sick, "bad");
        await SettleAsync(await AppendAsync(sick));
        _notes.Poison = _ => false;

        (await _parked.RetryAsync(_notes, sick, _limit.Token)).ShouldBe(new ParkedRetry.Folded(2));
        await SettleAsync(await AppendAsync(sick));

        (await SeenAsync(sick)).ShouldBe(3);
        (await _fixture.Database.CountAsync("torch_log.parked_events")).ShouldBe(0);
        (await _parked.RetryAsync(_notes, sick, _limit.Token)).ShouldBeOfType<ParkedRetry.NotParked>();
    }

    [Fact]
    public async Task A_retry_that_fails_half_way_leaves_everything_parked()
    {
        var sick = Guid.CreateVersion7();
        var first = await AppendAsync(sick, "bad");
        var last = await AppendAsync(sick, "worse");
        await SettleAsync(last);
        _notes.Poison = e => e.Type == "worse";

        var failed = (await _parked.RetryAsync(_notes, sick, _limit.Token)).ShouldBeOfType<ParkedRetry.Failed>();

        failed.Position.ShouldBe(last);
        (await SeenAsync(sick)).ShouldBe(0);
        var stream = (await _parked.ListAsync(_notes, _limit.Token)).ShouldHaveSingleItem();
        (stream.Position, stream.Events).ShouldBe((first, 2));
        stream.Error.ShouldContain($"cannot fold {last}");
    }

    [Fact]
    public async Task Many_streams_that_fail_at_once_do_not_hold_up_the_others()
    {
        var streams = Enumerable.Range(0, 400).Select(_ => Guid.CreateVersion7()).ToList();
        var request = new AppendRequest
        {
            Streams =
            [
                .. streams.Select(
                    (s, i) => new StreamAppend(Log.Telemetry, s, [Some.Event(i % 2 == 0 ? "bad" : "good")], "check")
                ),
            ],
        };
        await SettleAsync((await _fixture.Log.MustAppendAsync(request)).Position);

        (await _fixture.Database.CountAsync("torch.seen")).ShouldBe(200);
        (await _parked.ListAsync(_notes, _limit.Token)).Count.ShouldBe(200);
        long head = 0;
        foreach (var stream in streams[..20])
            head = await AppendAsync(stream);
        await SettleAsync(head);
        (await _fixture.Database.CountAsync("torch.seen")).ShouldBe(210);
    }

    [Fact]
    public async Task Another_process_leaves_a_parked_stream_alone()
    {
        var sick = Guid.CreateVersion7();
        await SettleAsync(await AppendAsync(sick, "bad"));
        await _limit.CancelAsync();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var other = new ProjectionRunner(_fixture.Database.DataSource, _tail, [new Notes("Picky:All")]);
        _ = Task.Run(() => other.RunAsync(limit.Token));
        await other.WaitForAsync(await AppendAsync(sick), limit.Token);
        await limit.CancelAsync();

        (await SeenAsync(sick)).ShouldBe(0);
        (await _fixture.Database.CountAsync("torch_log.parked_events")).ShouldBe(2);
    }

    private ProjectionRunner Run()
    {
        var runner = new ProjectionRunner(_fixture.Database.DataSource, _tail, [_notes]);
        _ = Task.Run(() => runner.RunAsync(_limit.Token));
        return runner;
    }

    private Task SettleAsync(long position) => _runner.WaitForAsync(position, _limit.Token);

    private async Task<long> AppendAsync(Guid stream, string type = "good", Log log = Log.Telemetry) =>
        (await _fixture.Log.MustAppendAsync(Some.Append(log, stream, Some.Event(type)))).Position;

    private Task<long> SeenAsync(Guid stream) => _fixture.Database.CountAsync($"torch.seen where stream = '{stream}'");
}
