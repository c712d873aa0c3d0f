using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Servers;
using Torch.EventStore;
using Torch.EventStore.Verifying;
using Torch.Server.Evaluating;
using Torch.Server.Retaining;
using Torch.Server.Tests.Folding;
using Torch.Testing;

namespace Torch.Server.Tests.Retaining;

public sealed class SealTests : IAsyncLifetime
{
    private RetainedLog _log = null!;
    private Guid _root;
    private Guid _leaf;

    public async ValueTask InitializeAsync()
    {
        _log = await RetainedLog.StartAsync();
        _root = await _log.Server.GroupAsync("root");
        _leaf = await _log.Server.LeafAsync("leaf/0", _root);
        await _log.Server.LeafAsync("leaf/1", _root);
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task What_is_rebuilt_after_partitions_went_equals_what_was_live_before()
    {
        await ReportAsync(60);
        await _log.AgeAsync(50);
        await ReportAsync(60);
        await _log.Server.AppendAsync(
            Log.Journal,
            CheckIds.OfSource("leaf/2"),
            new CheckDeleted(CheckIds.OfSource("leaf/2"))
        );
        await ReportAsync(10);
        await _log.AgeAsync(40);
        await ReportAsync(30);
        await _log.PassAsync();
        var live = await _log.Database.DumpAsync();

        (await _log.Retainer().RunAsync(Token)).ShouldNotBeNull().Dropped.Count.ShouldBe(2);

        (await _log.Database.DumpAsync()).ShouldBe(live);
        (await _log.Database.CountAsync("telemetry.mt_events where version = 1")).ShouldBeLessThan(3);
        await RebuildAsync();
        (await _log.Database.DumpAsync()).ShouldBe(live);
        (await _log.Database.CountAsync("torch.rollups")).ShouldBeGreaterThan(0);
        (await _log.Database.CountAsync("torch.server_figures")).ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task An_evaluator_that_starts_after_the_drop_knows_every_status()
    {
        await _log.Server.ReportAsync("leaf/0", "down");
        await _log.AgeAsync(40);
        await _log.PassAsync();
        (await _log.Retainer().RunAsync(Token)).ShouldNotBeNull().Dropped.ShouldBe(["mt_events_0"]);
        // Only what was kept with the seal is left to start from.
        await _log.Database.ExecuteAsync("delete from torch_log.snapshots where not kept");

        await _log.RestartAsync();
        await _log.Server.ReportAsync("leaf/1");
        await _log.Server.SettleAsync();

        (await _log.Database.StatusAsync(_leaf)).ShouldBe("down");
        (await _log.Database.StatusAsync(_root)).ShouldBe("down");
        (await _log.Database.TransitionsAsync(_leaf)).ShouldBe("unknown>down");
        (await _log.Server.Get<IEvaluatorSnapshots>().NearestAsync(long.MaxValue, Token)).Position.ShouldBeGreaterThan(
            0
        );
    }

    [Fact]
    public async Task Partitions_go_also_while_nothing_new_arrives()
    {
        await ReportAsync(10);
        await _log.Server.ReportAsync("leaf/0", "down");
        await _log.AgeAsync(40);
        await Eventually.IsTrueAsync(
            async () => (await _log.Retainer().RunAsync(Token))?.Dropped.Count == 1,
            TimeSpan.FromSeconds(20)
        );
        await _log.Database.ExecuteAsync("delete from torch_log.snapshots where not kept");

        await _log.RestartAsync();
        await _log.Server.ReportAsync("leaf/1");
        await _log.Server.SettleAsync();

        (await _log.Database.StatusAsync(_leaf)).ShouldBe("down");
        (await new LogVerifier(_log.Database.DataSource, new VerifyOptions()).RunAsync(Token)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sealing_that_was_killed_at_any_page_goes_on_and_each_thing_is_said_once()
    {
        await ReportAsync(40);
        await _log.AgeAsync(40);
        await _log.PassAsync();
        var partition = (await _log.Partitions.ListAsync(Token))[0];
        var spent = new WorkBudget(TimeProvider.System, TimeSpan.Zero);

        // Killed after each page, then after the rows were copied but before they were recorded.
        (await _log.Seals.SealAsync(partition, spent, Token)).ShouldBeNull();
        await _log.Database.ExecuteAsync(
            "insert into torch_sealed.sealed_rollups select 'mt_events_0', r.* from torch_sealed.rollups r"
        );
        var live = await _log.Database.DumpAsync();
        await RebuildAsync();
        (await _log.Database.DumpAsync()).ShouldBe(live);

        (await _log.Retainer().RunAsync(Token)).ShouldNotBeNull().Dropped.ShouldBe(["mt_events_0"]);
        await RebuildAsync();
        (await _log.Database.DumpAsync()).ShouldBe(live);
        // Killed between the drop and its event.
        await _log.Database.ExecuteAsync("update torch_sealed.partitions set dropped_at = null");
        await _log.Retainer().RunAsync(Token);
        (await _log.Database.CountAsync("journal.mt_events where type = 'partition_sealed'")).ShouldBe(1);
        (await _log.Database.CountAsync("journal.mt_events where type = 'partition_dropped'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_server_killed_while_it_detached_is_mended_by_the_next_run()
    {
        await ReportAsync(10);
        await _log.AgeAsync(40);
        await _log.PassAsync();
        var partition = (await _log.Partitions.ListAsync(Token))[0];
        var budget = new WorkBudget(TimeProvider.System, TimeSpan.FromMinutes(1));
        await _log.Seals.SealAsync(partition, budget, Token);
        await _log.Database.ExecuteAsync(
            "alter table telemetry.mt_events detach partition telemetry.mt_events_0 concurrently"
        );

        await _log.Retainer().RunAsync(Token);

        (await _log.Partitions.ListAsync(Token)).ShouldNotContain(p => p.Name == "mt_events_0");
        (await _log.Database.CountAsync("journal.mt_events where type = 'partition_dropped'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_sealed_rollup_that_was_touched_no_longer_has_its_hash()
    {
        await ReportAsync(10);
        await _log.AgeAsync(40);
        await _log.PassAsync();
        await _log.Retainer().RunAsync(Token);
        var seal = (await _log.Seals.ListAsync(Token)).ShouldHaveSingleItem();
        (await _log.Seals.HashAsync(seal.Partition, Token)).ShouldBe((seal.RollupsSha256, seal.Rollups));
        var said = await _log.Database.TextAsync(
            "select data->>'rollupsSha256' from journal.mt_events where type = 'partition_sealed'"
        );
        said.ShouldBe(seal.RollupsSha256);

        await _log.Database.ExecuteAsync("update torch_sealed.sealed_rollups set good = good + 1");

        (await _log.Seals.HashAsync(seal.Partition, Token)).Sha256.ShouldNotBe(seal.RollupsSha256);
    }

    [Fact]
    public async Task The_sealed_tables_have_the_columns_of_the_read_tables()
    {
        foreach (
            var table in (string[])
                ["checks", "latest_observations", "rollups", "absences", "late_observations", "server_figures"]
        )
            (await ColumnsAsync("torch_sealed", table)).ShouldBe(await ColumnsAsync("torch", table));
        (await ColumnsAsync("torch_sealed", "sealed_rollups")).ShouldBe(
            "partition text, " + await ColumnsAsync("torch", "rollups")
        );
    }

    private Task<string?> ColumnsAsync(string schema, string table) =>
        _log.Database.TextAsync(
            $"""
            select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum) from pg_attribute
            where attrelid = '{schema}.{table}'::regclass and attnum > 0 and not attisdropped
            """
        );

    private async Task ReportAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await _log.Server.ReportAsync(
                $"leaf/{i % 3}",
                i * 11 % 3 == 0 ? "down" : null,
                i / 7.0,
                DateTimeOffset.UtcNow.AddMinutes(-(i * 37 % 200))
            );
        // Thirds are not exact: they come to the same sum only in the same order.
        var figures = new Dictionary<string, double> { ["reports.rate"] = count / 3.0, ["append.p99"] = 1 / 7.0 };
        for (var i = 0; i < 3; i++)
            await _log.Server.AppendAsync(
                Log.Telemetry,
                StreamIds.OfServer("torch-1"),
                new ServerMeasured("torch-1", 60, figures)
            );
    }

    private Task RebuildAsync() => _log.Server.RebuildAsync(_log.Database);

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
