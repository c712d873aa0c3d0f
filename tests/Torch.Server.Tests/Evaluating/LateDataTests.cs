using Torch.Server.Tests.Folding;
using Torch.Testing;

namespace Torch.Server.Tests.Evaluating;

/// <summary>Observations that come late, through the real log, evaluator and read tables.</summary>
public sealed class LateDataTests : FoldingTest
{
    // The reports speak of the half second after it: a node has no past before its creation.
    private DateTimeOffset _begin;

    [Fact]
    public async Task A_spool_that_arrives_late_changes_what_was_on_the_whole_path()
    {
        var shop = await _server.GroupAsync("shop");
        var leaf = await LeafAsync(shop);
        await ReportAsync(40, "up");
        await ReportAsync(10, "down");
        await ReportAsync(20, "up");

        await _server.SettleAsync();

        string[] expected = ["10 unknown>down", "20 down>up"];
        (await HistoryAsync(leaf)).ShouldBe(expected);
        (await HistoryAsync(shop)).ShouldBe(expected);
        (await _database.StatusAsync(shop)).ShouldBe("up");
    }

    [Fact]
    public async Task What_was_thought_before_stays_readable_with_when_it_was_learned_otherwise()
    {
        var leaf = await LeafAsync();
        await ReportAsync(40, "up");
        await _server.SettleAsync();
        await ReportAsync(10, "down");
        await _server.SettleAsync();

        var replaced = $"torch.transitions where node_id = '{leaf}' and replaced_at is not null";
        (await _database.TextAsync($"select to_status from {replaced}")).ShouldBe("up");
        (await _database.TextAsync($"select replaced_at >= recorded_at from {replaced}")).ShouldBe("true");
        (await HistoryAsync(leaf)).ShouldBe(["10 unknown>down", "40 down>up"]);
    }

    [Fact]
    public async Task A_late_report_that_changes_nothing_revises_nothing()
    {
        await LeafAsync();
        await ReportAsync(10, "up");
        await ReportAsync(40, "up");
        await ReportAsync(20, "up");
        await _server.SettleAsync();
        (await _database.CountAsync("journal.mt_events where type = 'history_revised'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_report_older_than_the_late_window_is_stored_and_not_folded()
    {
        var leaf = await LeafAsync();
        await ReportAsync(10, "up");
        await _server.ReportAsync("db", "down", at: _begin - TimeSpan.FromHours(24));
        await _server.SettleAsync();
        (await HistoryAsync(leaf)).ShouldBe(["10 unknown>up"]);
        (await _database.CountAsync("telemetry.mt_events where type = 'report_received'")).ShouldBe(2);
        (await _database.CountAsync("telemetry.mt_events where type = 'late_data_folded'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_restart_between_the_late_report_and_its_revision_loses_neither()
    {
        var leaf = await LeafAsync();
        await ReportAsync(40, "up");
        await ReportAsync(10, "down");
        await _server.DisposeAsync();
        _server = await FoldingServer.StartAsync(_database);
        await _server.SettleAsync();
        (await HistoryAsync(leaf)).ShouldBe(["10 unknown>down", "40 down>up"]);
    }

    [Fact]
    public async Task A_rebuild_finds_the_same_history()
    {
        var leaf = await LeafAsync();
        await ReportAsync(40, "up");
        await ReportAsync(10, "down");
        await _server.SettleAsync();
        await ReportAsync(45, "critical");
        await _server.SettleAsync();
        await _server.RebuildAsync(_database);
        (await HistoryAsync(leaf)).ShouldBe(["10 unknown>down", "40 down>up", "45 up>critical"]);
    }

    [Fact]
    public async Task What_a_new_leaf_brings_from_before_its_creation_leaves_its_siblings_and_their_parent_as_they_were()
    {
        var shop = await _server.GroupAsync("shop");
        await _server.ReportAsync("web", "up");
        var web = await _server.LeafAsync("web", shop);
        await _server.SettleAsync();
        var reported = DateTimeOffset.UtcNow;
        var leaf = await LeafAsync(shop);
        await _server.ReportAsync("db", "up", at: reported);

        await _server.SettleAsync();

        (await _database.CountAsync("telemetry.mt_events where type = 'late_data_folded'")).ShouldBeGreaterThan(0);
        (await _database.CountAsync("journal.mt_events where type = 'history_revised'")).ShouldBe(0);
        foreach (var node in new[] { web, leaf, shop })
            (await _database.StatusAsync(node)).ShouldBe("up");
    }

    private async Task<Guid> LeafAsync(Guid? parent = null)
    {
        var leaf = await _server.LeafAsync("db", parent);
        _begin = DateTimeOffset.UtcNow;
        await Eventually.IsTrueAsync(() => DateTimeOffset.UtcNow > _begin + TimeSpan.FromMilliseconds(500));
        return leaf;
    }

    private Task<long> ReportAsync(int centisecond, string status) =>
        _server.ReportAsync("db", status, at: At(centisecond));

    private DateTimeOffset At(int centisecond) => _begin + TimeSpan.FromMilliseconds(10 * centisecond);

    private async Task<string[]> HistoryAsync(Guid node)
    {
        var text = await _database.TextAsync(
            $"""
            select string_agg(round(extract(epoch from at - '{_begin:O}'::timestamptz) * 100) || ' ' || from_status || '>' || to_status,
                ',' order by at, position, ordinal)
            from torch.transitions where node_id = '{node}' and replaced_at is null
            """
        );
        return text?.Split(',') ?? [];
    }
}
