using System.Text;

namespace Torch.EventStore.Tests;

public sealed class RefusalTests(LogFixture fixture) : IClassFixture<LogFixture>
{
    private readonly EventLog _log = fixture.Log;
    private readonly Guid _stream = Guid.CreateVersion7();

    private static IdempotencyKey Key(string key, string request, string answer = "first") =>
        new("ann /reports", key, Encoding.UTF8.GetBytes(request), Encoding.UTF8.GetBytes(answer));

    private AppendRequest Keyed(IdempotencyKey key) =>
        Some.Append(Log.Telemetry, _stream, Some.Event()) with
        {
            Key = key,
        };

    private AppendRequest Moving(string projection, long from, long to, params EventData[] events) =>
        new()
        {
            Streams = events.Length == 0 ? [] : [new StreamAppend(Log.Journal, _stream, events)],
            Checkpoint = new CheckpointMove(projection, from, to),
        };

    [Fact]
    public async Task A_stream_must_be_at_the_expected_version()
    {
        await _log.MustAppendAsync(Some.Expecting(0, Log.Journal, _stream, Some.Events(2)));

        var refused = await _log.AppendAsync(Some.Expecting(1, Log.Journal, _stream, Some.Event()));

        refused.ShouldBe(new AppendOutcome.VersionConflict(Log.Journal, _stream, 1, 2));
        (await _log.StreamVersionAsync(Log.Journal, _stream, CancellationToken.None)).ShouldBe(2);
    }

    [Fact]
    public async Task Of_many_that_expect_the_same_version_one_wins()
    {
        var racers = Enumerable
            .Range(0, 50)
            .Select(_ => _log.AppendAsync(Some.Expecting(0, Log.Journal, _stream, Some.Event())));

        var outcomes = await Task.WhenAll(racers);

        outcomes.Count(o => o is AppendOutcome.Appended).ShouldBe(1);
        outcomes.Count(o => o is AppendOutcome.VersionConflict { Actual: 1 }).ShouldBe(49);
    }

    [Fact]
    public async Task A_chain_of_expected_versions_fits_into_one_commit()
    {
        var chain = Enumerable
            .Range(0, 20)
            .Select(v => _log.AppendAsync(Some.Expecting(v, Log.Journal, _stream, Some.Event())));

        (await Task.WhenAll(chain)).ShouldAllBe(o => o is AppendOutcome.Appended);
    }

    [Fact]
    public async Task A_refused_member_takes_nothing_of_it_and_leaves_the_others_their_versions()
    {
        var busy = Guid.CreateVersion7();
        var blocker = _log.AppendAsync(Some.Append(Log.Telemetry, busy, Some.Event()));
        var mixed = new AppendRequest
        {
            Streams =
            [
                new StreamAppend(Log.Telemetry, _stream, Some.Events(3)),
                new StreamAppend(Log.Journal, busy, [], ExpectedVersion: 99),
            ],
        };
        Task<AppendOutcome>[] all =
        [
            blocker,
            _log.AppendAsync(Some.Append(Log.Telemetry, _stream, Some.Event())),
            _log.AppendAsync(mixed),
            _log.AppendAsync(Some.Append(Log.Telemetry, _stream, Some.Events(2))),
        ];

        var outcomes = await Task.WhenAll(all);

        outcomes[2].ShouldBe(new AppendOutcome.VersionConflict(Log.Journal, busy, 99, 0));
        outcomes[3].ShouldBeOfType<AppendOutcome.Appended>().Versions.ShouldBe([3]);
        var versions = (await _log.ReadStreamAsync(new StreamRead(Log.Telemetry, _stream))).Select(e => e.Version);
        versions.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_repeated_key_answers_the_first_result_and_appends_nothing()
    {
        var first = await _log.MustAppendAsync(Keyed(Key("k1", "body")));

        var again = (
            await _log.AppendAsync(Keyed(Key("k1", "body", "second")))
        ).ShouldBeOfType<AppendOutcome.Repeated>();

        again.Position.ShouldBe(first.Position);
        Encoding.UTF8.GetString(again.Answer.Span).ShouldBe("first");
        (await _log.StreamVersionAsync(Log.Telemetry, _stream, CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_with_another_body_is_refused_and_another_scope_is_another_key()
    {
        await _log.MustAppendAsync(Keyed(Key("k2", "body")));

        (await _log.AppendAsync(Keyed(Key("k2", "other")))).ShouldBeOfType<AppendOutcome.KeyReused>();
        await _log.MustAppendAsync(Keyed(Key("k2", "other") with { Scope = "bob /reports" }));
    }

    [Fact]
    public async Task The_same_key_at_the_same_time_appends_once()
    {
        var racers = Enumerable.Range(0, 20).Select(_ => _log.AppendAsync(Keyed(Key("k3", "body"))));

        var outcomes = await Task.WhenAll(racers);

        outcomes.Count(o => o is AppendOutcome.Appended).ShouldBe(1);
        outcomes.Count(o => o is AppendOutcome.Repeated).ShouldBe(19);
    }

    [Fact]
    public async Task A_key_older_than_a_day_is_forgotten()
    {
        await _log.MustAppendAsync(Keyed(Key("k4", "body")));
        await fixture.Database.ExecuteAsync(
            "update torch_log.idempotency_keys set created_at = created_at - interval '25 hours' where key = 'k4'"
        );

        await _log.MustAppendAsync(Keyed(Key("k4", "other")));
    }

    [Fact]
    public async Task A_checkpoint_moves_with_its_events_or_not_at_all()
    {
        await _log.MustAppendAsync(Moving("Evaluator:All", 0, 10, Some.Event("node_transitioned")));

        var late = await _log.AppendAsync(Moving("Evaluator:All", 0, 12, Some.Event("node_transitioned")));

        late.ShouldBe(new AppendOutcome.CheckpointMoved(0, 10));
        (await _log.StreamVersionAsync(Log.Journal, _stream, CancellationToken.None)).ShouldBe(1);
        (await _log.CheckpointAsync("Evaluator:All", CancellationToken.None)).ShouldBe(10);
    }

    [Fact]
    public async Task A_checkpoint_moves_without_events_and_answers_the_head()
    {
        var head = await _log.MustAppendAsync(Some.Append(Log.Telemetry, _stream, Some.Event()));

        var moved = await _log.MustAppendAsync(Moving("Quiet:All", 0, 7));

        moved.Position.ShouldBeGreaterThanOrEqualTo(head.Position);
        (await _log.CheckpointAsync("Quiet:All", CancellationToken.None)).ShouldBe(7);
    }

    private AppendRequest Spooled(Guid spool, long from, long to) =>
        Some.Append(Log.Telemetry, _stream, Some.Events((int)(to - from))) with
        {
            Spool = new SpoolMove(spool, from, to),
        };

    [Fact]
    public async Task What_a_spool_brings_twice_is_stored_once()
    {
        var spool = Guid.CreateVersion7();
        await _log.MustAppendAsync(Spooled(spool, 0, 3));

        var again = await _log.AppendAsync(Spooled(spool, 0, 3));
        await _log.MustAppendAsync(Spooled(spool, 3, 5));

        again.ShouldBe(new AppendOutcome.SpoolMoved(0, 3));
        (await _log.StreamVersionAsync(Log.Telemetry, _stream, CancellationToken.None)).ShouldBe(5);
    }

    [Fact]
    public async Task A_spool_that_leaves_results_out_is_told_where_it_stands()
    {
        var spool = Guid.CreateVersion7();
        await _log.MustAppendAsync(Spooled(spool, 0, 2));

        var refused = await _log.AppendAsync(Spooled(spool, 3, 4));

        refused.ShouldBe(new AppendOutcome.SpoolMoved(3, 2));
        (await _log.StreamVersionAsync(Log.Telemetry, _stream, CancellationToken.None)).ShouldBe(2);
    }

    [Fact]
    public async Task Of_many_that_bring_the_same_part_of_a_spool_one_wins()
    {
        var spool = Guid.CreateVersion7();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => _log.AppendAsync(Spooled(spool, 0, 1))));

        outcomes.Count(o => o is AppendOutcome.Appended).ShouldBe(1);
        outcomes.Count(o => o is AppendOutcome.SpoolMoved { Actual: 1 }).ShouldBe(29);
    }

    [Theory]
    [InlineData("""{"text":"a\u0000b"}""", "22P05")]
    [InlineData("""{"text":""", "22P02")]
    public async Task Data_that_PostgreSQL_refuses_drops_only_its_own_member(string data, string sqlState)
    {
        var good = Enumerable.Range(0, 30).Select(_ => Guid.CreateVersion7()).ToList();
        var before = good.Take(15).Select(s => _log.AppendAsync(Some.Append(Log.Telemetry, s, Some.Event()))).ToList();
        var bad = _log.AppendAsync(Some.Append(Log.Telemetry, _stream, Some.Event(data: data)));
        var after = good.Skip(15).Select(s => _log.AppendAsync(Some.Append(Log.Telemetry, s, Some.Event()))).ToList();

        var rejected = await Should.ThrowAsync<AppendRejectedException>(bad);
        var outcomes = await Task.WhenAll(before.Concat(after));

        rejected.SqlState.ShouldBe(sqlState);
        outcomes.ShouldAllBe(o => o is AppendOutcome.Appended);
        (await _log.StreamVersionAsync(Log.Telemetry, _stream, CancellationToken.None)).ShouldBe(0);
    }
}
