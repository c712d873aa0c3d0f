namespace Torch.EventStore.Tests;

public sealed class ReadTests : IAsyncLifetime
{
    private readonly LogFixture _fixture = new();
    private readonly Guid _stream = Guid.CreateVersion7();

    private EventLog Log => _fixture.Log;

    public async ValueTask InitializeAsync()
    {
        await _fixture.InitializeAsync();
        // Positions 1 to 6: journal, telemetry, journal, telemetry, journal, telemetry.
        for (var i = 0; i < 3; i++)
        {
            await Log.MustAppendAsync(Some.Append(EventStore.Log.Journal, _stream, Some.Event("node_renamed")));
            await Log.MustAppendAsync(Some.Append(EventStore.Log.Telemetry, _stream, Some.Event("report_received")));
        }
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private async Task<long[]> PositionsAsync(PageRead read) =>
        [.. (await Log.ReadPageAsync(read)).Events.Select(e => e.Position)];

    [Fact]
    public async Task A_page_merges_both_logs_in_position_order()
    {
        (await PositionsAsync(new PageRead(0))).ShouldBe([1, 2, 3, 4, 5, 6]);
        (await PositionsAsync(new PageRead(2, Limit: 3))).ShouldBe([3, 4, 5]);
        (await PositionsAsync(new PageRead(null, Limit: 4, Backwards: true))).ShouldBe([6, 5, 4, 3]);
        (await PositionsAsync(new PageRead(3, Backwards: true))).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task Filters_narrow_a_page_by_log_type_and_stream()
    {
        (await PositionsAsync(new PageRead(0, Log: EventStore.Log.Journal))).ShouldBe([1, 3, 5]);
        (await PositionsAsync(new PageRead(0, Types: ["report_received"]))).ShouldBe([2, 4, 6]);
        (await PositionsAsync(new PageRead(null, Types: ["report_received"], Backwards: true, Limit: 2))).ShouldBe([
            6,
            4,
        ]);
        (await PositionsAsync(new PageRead(0, StreamId: Guid.CreateVersion7()))).ShouldBeEmpty();
        (await PositionsAsync(new PageRead(1, StreamId: _stream, Types: ["node_renamed"]))).ShouldBe([3, 5]);
    }

    [Fact]
    public async Task A_page_says_how_far_it_looked_and_whether_that_is_the_end()
    {
        var part = await Log.ReadPageAsync(new PageRead(0, Limit: 2));
        (part.Through, part.IsLive).ShouldBe((2, false));

        var rest = await Log.ReadPageAsync(new PageRead(2, Types: ["nothing_like_it"]));
        (rest.Events.Count, rest.Through, rest.IsLive).ShouldBe((0, 6, true));

        var beyond = await Log.ReadPageAsync(new PageRead(6));
        (beyond.Events.Count, beyond.Through, beyond.IsLive).ShouldBe((0, 6, true));
    }

    [Fact]
    public async Task A_rare_type_is_found_far_beyond_what_one_statement_looks_at()
    {
        await _fixture.Database.ExecuteAsync("select setval('torch_log.positions', 350000)");
        var rare = await Log.MustAppendAsync(Some.Append(EventStore.Log.Journal, _stream, Some.Event("rare")));

        (await PositionsAsync(new PageRead(0, Types: ["rare"]))).ShouldBe([rare.Position]);
        (await PositionsAsync(new PageRead(null, Types: ["node_renamed"], Backwards: true))).ShouldBe([5, 3, 1]);
    }

    [Fact]
    public async Task A_stream_reads_forward_and_backward_across_pages()
    {
        var stream = Guid.CreateVersion7();
        await Log.MustAppendAsync(Some.Append(EventStore.Log.Telemetry, stream, Some.Events(2_500)));

        var forward = await Log.ReadStreamAsync(new StreamRead(EventStore.Log.Telemetry, stream));
        var backward = await Log.ReadStreamAsync(new StreamRead(EventStore.Log.Telemetry, stream, Backwards: true));
        var part = await Log.ReadStreamAsync(new StreamRead(EventStore.Log.Telemetry, stream, 2_499));

        forward.Select(e => e.Version).ShouldBe(Enumerable.Range(1, 2_500).Select(v => (long)v));
        backward.Select(e => e.Position).ShouldBe(forward.Select(e => e.Position).Reverse());
        part.Select(e => e.Version).ShouldBe([2_499, 2_500]);
    }

    [Fact]
    public async Task The_first_version_since_a_time_is_found_even_after_older_ones_were_dropped()
    {
        var stream = Guid.CreateVersion7();
        for (var i = 0; i < 9; i++)
            await Log.MustAppendAsync(Some.Append(EventStore.Log.Telemetry, stream, Some.Event(), Some.Event()));
        var events = await Log.ReadStreamAsync(new StreamRead(EventStore.Log.Telemetry, stream));
        await _fixture.Database.ExecuteAsync(
            $"delete from telemetry.mt_events where stream_id = '{stream}' and version <= 5"
        );

        (await VersionSinceAsync(stream, DateTimeOffset.UnixEpoch)).ShouldBe(6);
        foreach (var e in events.Where(e => e.Version > 5))
            (await VersionSinceAsync(stream, e.Timestamp)).ShouldBe(
                events.First(other => other.Version > 5 && other.Timestamp >= e.Timestamp).Version
            );
        (await VersionSinceAsync(stream, events[^1].Timestamp.AddSeconds(1))).ShouldBe(19);
        (await VersionSinceAsync(Guid.CreateVersion7(), DateTimeOffset.UnixEpoch)).ShouldBe(1);
    }

    private async Task<long> VersionSinceAsync(Guid stream, DateTimeOffset since)
    {
        await using var command = _fixture.Database.DataSource.CreateCommand(
            "select torch_log.telemetry_version_since($1, $2)"
        );
        command.Parameters.AddWithValue(stream);
        command.Parameters.AddWithValue(since);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    [Fact]
    public async Task The_head_is_the_last_committed_position()
    {
        (await Log.HeadAsync(CancellationToken.None)).ShouldBe(6);
        (await Log.StreamVersionAsync(EventStore.Log.Journal, _stream, CancellationToken.None)).ShouldBe(3);
        (await Log.CheckpointAsync("Nobody:All", CancellationToken.None)).ShouldBe(0);
    }
}
