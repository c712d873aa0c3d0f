using Npgsql;

namespace Torch.EventStore.Tests;

public sealed class RebuildTests : IAsyncLifetime
{
    private readonly LogFixture _fixture = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(90));
    private readonly Notes _notes = new("Again:All");
    private readonly Guid[] _streams = [.. Enumerable.Range(0, 50).Select(_ => Guid.CreateVersion7())];
    private LogTail _tail = null!;
    private ProjectionRunner _runner = null!;
    private ProjectionRebuilds _rebuilds = null!;

    public async ValueTask InitializeAsync()
    {
        await _fixture.InitializeAsync();
        await Notes.CreateTableAsync(_fixture.Database);
        _tail = new LogTail(_fixture.Log);
        _runner = new ProjectionRunner(_fixture.Database.DataSource, _tail, [_notes]);
        _rebuilds = new ProjectionRebuilds(_fixture.Database.DataSource, [_notes]);
        _ = Task.Run(() => _runner.RunAsync(_limit.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _limit.CancelAsync();
        await _tail.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task A_rebuild_puts_right_what_was_wrong_in_the_live_tables()
    {
        await SettleAsync(await AppendAsync(300));
        await _fixture.Database.ExecuteAsync("delete from torch.seen where position % 3 = 0");
        _ = Task.Run(() => _rebuilds.RunAsync(_limit.Token));

        await RebuildAsync();

        (await SeenAsync()).ShouldBe(300);
        (await ProgressAsync()).LastRebuild!.Outcome.ShouldBe(RebuildOutcome.Swapped);
        (await _fixture.Database.CountAsync("pg_tables where schemaname = 'torch_rebuild'")).ShouldBe(0);
        (await _fixture.Database.CountAsync("journal.mt_event_progression where name = 'Again:Rebuild'")).ShouldBe(0);
    }

    [Fact]
    public async Task The_new_tables_have_the_names_indexes_and_settings_of_the_old()
    {
        const string shape = """
            select string_agg(d, E'\n' order by d) from (
                select pg_get_indexdef(indexrelid) as d from pg_index where indrelid = 'torch.seen'::regclass
                union all select conname || pg_get_constraintdef(oid) from pg_constraint where conrelid = 'torch.seen'::regclass
                union all select reloptions::text from pg_class where oid = 'torch.seen'::regclass
                union all select relacl::text from pg_class where oid = 'torch.seen'::regclass
                union all select attname || format_type(atttypid, atttypmod) || attnotnull || coalesce(pg_get_expr(adbin, adrelid), '')
                    from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
                    where attrelid = 'torch.seen'::regclass and attnum > 0) x
            """;
        await _fixture.Database.ExecuteAsync("grant select on torch.seen to public");
        var before = await TextAsync(shape);
        await SettleAsync(await AppendAsync(10));
        _ = Task.Run(() => _rebuilds.RunAsync(_limit.Token));

        await RebuildAsync();

        (await TextAsync(shape)).ShouldBe(before);
        before.ShouldContain("seen_by_stream");
    }

    [Fact]
    public async Task Readers_find_every_row_and_no_error_while_tables_are_swapped()
    {
        await SettleAsync(await AppendAsync(2_000));
        _ = Task.Run(() => _rebuilds.RunAsync(_limit.Token));
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token);
        var readers = Enumerable.Range(0, 4).Select(i => Task.Run(() => ReadAsync(i % 2 == 0, reading.Token))).ToList();

        for (var i = 0; i < 5; i++)
        {
            await RebuildAsync();
            await AppendAsync(100);
        }

        await reading.CancelAsync();
        var reads = await Task.WhenAll(readers);
        reads.Sum().ShouldBeGreaterThan(100);
        await SettleAsync(await _fixture.Log.HeadAsync(_limit.Token));
        (await SeenAsync()).ShouldBe(2_500);
    }

    [Fact]
    public async Task A_rebuild_that_is_broken_off_again_and_again_ends_in_the_same_rows()
    {
        await SettleAsync(await AppendAsync(60_000));
        var random = new Random(8);
        (await _rebuilds.BeginAsync(_notes, _limit.Token)).ShouldBeTrue();
        for (var i = 0; i < 5; i++)
        {
            using var process = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token);
            var run = Task.Run(() =>
                new ProjectionRebuilds(_fixture.Database.DataSource, [_notes]).RunAsync(process.Token)
            );
            await Task.Delay(random.Next(10, 120));
            if (i % 2 == 0)
                await _fixture.Database.EndOtherSessionsAsync();
            await process.CancelAsync();
            await run;
            await AppendAsync(10);
        }
        _ = Task.Run(() => _rebuilds.RunAsync(_limit.Token));
        await EndAsync();

        await SettleAsync(await _fixture.Log.HeadAsync(_limit.Token));
        (await SeenAsync()).ShouldBe(60_050);
        (await VerifyAsync()).IsEqual.ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_reads_for_long_delays_the_swap_and_nothing_else()
    {
        await SettleAsync(await AppendAsync(100));
        _ = Task.Run(() => _rebuilds.RunAsync(_limit.Token));
        await using (var connection = await _fixture.Database.DataSource.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using (var command = new NpgsqlCommand("select count(*) from torch.seen", connection))
                await command.ExecuteScalarAsync();
            await _rebuilds.BeginAsync(_notes, _limit.Token);
            await Eventually.IsTrueAsync(async () => (await ProgressAsync()).Rebuild is { Share: 1 });
            await SettleAsync(await AppendAsync(100));
            (await SeenAsync()).ShouldBe(200);
        }

        await EndAsync();
        (await SeenAsync()).ShouldBe(200);
    }

    [Fact]
    public async Task A_cancelled_rebuild_leaves_the_live_tables_and_nothing_else()
    {
        await SettleAsync(await AppendAsync(100));
        await _fixture.Database.ExecuteAsync("delete from torch.seen where position = 5");
        await _rebuilds.BeginAsync(_notes, _limit.Token);
        (await _rebuilds.BeginAsync(_notes, _limit.Token)).ShouldBeFalse();

        (await _rebuilds.CancelAsync(_notes, _limit.Token)).ShouldBeTrue();
        (await _rebuilds.CancelAsync(_notes, _limit.Token)).ShouldBeFalse();
        _ = Task.Run(() => _rebuilds.RunAsync(_limit.Token));

        await SettleAsync(await AppendAsync(1));
        (await SeenAsync()).ShouldBe(100);
        (await ProgressAsync()).LastRebuild!.Outcome.ShouldBe(RebuildOutcome.Cancelled);
        (await _fixture.Database.CountAsync("pg_tables where schemaname = 'torch_rebuild'")).ShouldBe(0);
    }

    [Fact]
    public async Task What_was_parked_gets_a_new_chance()
    {
        var poison = await AppendAsync(1);
        _notes.Poison = e => e.Position == poison;
        await SettleAsync(await AppendAsync(100));
        var missing = 101 - await SeenAsync();
        missing.ShouldBeGreaterThan(0);
        _notes.Poison = _ => false;
        _ = Task.Run(() => _rebuilds.RunAsync(_limit.Token));

        await RebuildAsync();

        (await SeenAsync()).ShouldBe(101);
        (await ProgressAsync()).ParkedStreams.ShouldBe(0);
    }

    [Fact]
    public async Task What_a_rebuild_parks_is_parked_afterwards()
    {
        await SettleAsync(await AppendAsync(100));
        _notes.Poison = e => e.StreamId == _streams[0];
        _ = Task.Run(() => _rebuilds.RunAsync(_limit.Token));

        await RebuildAsync();

        (await SeenAsync()).ShouldBe(98);
        var progress = await ProgressAsync();
        (progress.ParkedStreams, progress.ParkedEvents).ShouldBe((1, 2));
    }

    [Fact]
    public async Task A_verification_proves_that_live_equals_rebuilt_or_names_the_first_row_that_does_not()
    {
        await SettleAsync(await AppendAsync(500));
        _ = Task.Run(() => _rebuilds.RunAsync(_limit.Token));
        // Rewritten rows lie elsewhere on disk.
        await _fixture.Database.ExecuteAsync("update torch.seen set stream = stream where position % 2 = 0");
        (await VerifyAsync()).IsEqual.ShouldBeTrue();
        await _fixture.Database.ExecuteAsync("delete from torch.seen where position in (77, 78)");

        var comparison = await VerifyAsync();

        comparison.IsEqual.ShouldBeFalse();
        (comparison.DifferentTable, comparison.DifferentKey).ShouldBe(("seen", "(Again:All,77)"));
        (await SeenAsync()).ShouldBe(498);
    }

    [Fact]
    public async Task What_seals_preserved_is_put_back_and_only_what_came_after_is_folded()
    {
        var sealedAt = await AppendAsync(100);
        await SettleAsync(await AppendAsync(50));
        await _fixture.Database.ExecuteAsync($"delete from telemetry.mt_events where seq_id <= {sealedAt}");
        var notes = new SealedNotes(_notes, sealedAt);
        var rebuilds = new ProjectionRebuilds(_fixture.Database.DataSource, [notes]);
        _ = Task.Run(() => rebuilds.RunAsync(_limit.Token));

        await rebuilds.BeginAsync(notes, _limit.Token);
        await EndAsync();

        (await SeenAsync()).ShouldBe(51);
        (await _fixture.Database.CountAsync("torch.seen where note = 'sealed' and position = 100")).ShouldBe(1);
    }

    [Fact]
    public async Task A_view_of_somebody_else_holds_up_the_swap_and_is_named()
    {
        await SettleAsync(await AppendAsync(10));
        await _fixture.Database.ExecuteAsync("create view mine as select * from torch.seen");
        _ = Task.Run(() => _rebuilds.RunAsync(_limit.Token));

        await _rebuilds.BeginAsync(_notes, _limit.Token);
        await Eventually.IsTrueAsync(async () => (await ProgressAsync()).Rebuild?.Error is not null);
        (await ProgressAsync()).Rebuild!.Error!.ShouldContain("2BP01");
        await SettleAsync(await AppendAsync(10));
        await _fixture.Database.ExecuteAsync("drop view mine");

        await EndAsync();
        (await SeenAsync()).ShouldBe(20);
    }

    /// <summary>Whose events up to a position are gone; one row stands for them.</summary>
    private sealed class SealedNotes(Notes notes, long sealedAt) : ISealedProjection
    {
        public string Name => notes.Name;

        public IReadOnlySet<string>? Types => notes.Types;

        public IReadOnlyList<string> Tables => notes.Tables;

        public Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken) =>
            notes.ApplyAsync(batch, cancellationToken);

        public async Task<long> SeedAsync(ProjectionTarget target, CancellationToken cancellationToken)
        {
            var sql =
                $"insert into {target.Schema}.seen (projection, position, note) values ('{Name}', {sealedAt}, 'sealed')";
            await using var command = new NpgsqlCommand(sql, target.Connection, target.Transaction);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return sealedAt;
        }
    }

    private async Task<long> AppendAsync(int count)
    {
        long position = 0;
        for (var done = 0; done < count; done += 1_000)
        {
            var size = Math.Min(1_000, count - done);
            var streams = Enumerable
                .Range(0, size)
                .GroupBy(i => _streams[i % _streams.Length])
                .Select(g => new StreamAppend(Log.Telemetry, g.Key, Some.Events(g.Count()), "check"));
            position = (await _fixture.Log.MustAppendAsync(new AppendRequest { Streams = [.. streams] })).Position;
        }
        return position;
    }

    private Task SettleAsync(long position) => _runner.WaitForAsync(position, _limit.Token);

    private Task<long> SeenAsync() => _fixture.Database.CountAsync("torch.seen");

    private async Task<ProjectionProgress> ProgressAsync() =>
        (await ProjectionProgress.ReadAsync(_fixture.Database.DataSource, [_notes], _limit.Token)).Single();

    private async Task RebuildAsync()
    {
        (await _rebuilds.BeginAsync(_notes, _limit.Token)).ShouldBeTrue();
        await EndAsync();
    }

    private Task EndAsync() =>
        Eventually.IsTrueAsync(async () => (await ProgressAsync()).Rebuild is null, TimeSpan.FromSeconds(60));

    private async Task<StateComparison> VerifyAsync()
    {
        (await _rebuilds.VerifyAsync(_notes, _limit.Token)).ShouldBeTrue();
        await EndAsync();
        return (await ProgressAsync()).LastRebuild!.Comparison!;
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = _fixture.Database.DataSource.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    // Prepared or not: a plan that was made for the old tables must find the new ones.
    private async Task<int> ReadAsync(bool isPrepared, CancellationToken cancellationToken)
    {
        await using var connection = await _fixture.Database.DataSource.OpenConnectionAsync(_limit.Token);
        await using var command = new NpgsqlCommand("select count(*) from torch.seen", connection);
        if (isPrepared)
            await command.PrepareAsync(_limit.Token);
        var reads = 0;
        for (; !cancellationToken.IsCancellationRequested; reads++)
            ((long)(await command.ExecuteScalarAsync(_limit.Token))!).ShouldBeGreaterThanOrEqualTo(2_000);
        return reads;
    }
}
