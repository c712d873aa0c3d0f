using Npgsql;
using Torch.Domain;
using Torch.Domain.History;
using Torch.Domain.Nodes;
using Torch.Domain.Slo;
using Torch.EventStore;
using Torch.Server.Features;
using Torch.Server.Tests.Folding;

namespace Torch.Server.Tests.Projecting;

public sealed class NodeDayTests : FoldingTest
{
    private static readonly DateTimeOffset Begin = new(2026, 9, 1, 7, 30, 0, TimeSpan.Zero);
    private static readonly string[] Statuses = ["up", "degraded", "down"];
    private readonly Guid _node = Guid.CreateVersion7();

    [Fact]
    public async Task Sums_between_any_moments_are_those_of_the_changes_also_after_revisions_and_a_rebuild()
    {
        var random = new Random(9);
        var changes = new List<NodeTransitioned>();
        var at = Begin;
        for (var i = 0; i < 120; i++)
        {
            changes.Add(Change(changes.Count == 0 ? "unknown" : changes[^1].To, Statuses[random.Next(3)], at));
            await AppendAsync(changes[^1]);
            at = at.AddTicks(random.NextInt64(1, TimeSpan.TicksPerHour * 20));
            if (i % 40 == 39)
                await ReviseAsync(changes, random);
            if (i % 17 == 0)
                await _server.SettleAsync();
        }
        await _server.SettleAsync();
        await ShouldAgreeAsync(changes, random);

        var live = await _database.DumpAsync();
        await _server.RebuildAsync(_database);
        (await _database.DumpAsync()).ShouldBe(live);
        (await _database.CountAsync("torch.node_days")).ShouldBeInRange(20, 60);
    }

    private async Task ShouldAgreeAsync(List<NodeTransitioned> changes, Random random)
    {
        for (var i = 0; i < 50; i++)
        {
            var from = Begin.AddHours(random.Next(-30, 1_200));
            var span = new Span(from, from.AddMinutes(random.Next(1, 40_000)));
            var totals = await NodeTotals.ReadAsync(
                _server.Get<NpgsqlDataSource>(),
                [_node],
                [span.From, span.To],
                TestContext.Current.CancellationToken
            );
            var naive = new SortedDictionary<string, long>(StringComparer.Ordinal);
            for (var c = 0; c < changes.Count; c++)
            {
                var end = c + 1 < changes.Count ? Spans.Whole(changes[c + 1].At) : DateTimeOffset.MaxValue;
                var within = Spans.Within(new(Spans.Whole(changes[c].At), end), span).Milliseconds;
                naive[changes[c].To] = naive.GetValueOrDefault(changes[c].To) + within;
            }
            totals
                .Between(_node, span)
                .Where(s => s.Value > 0)
                .ShouldBe(naive.Where(s => s.Value > 0), $"from {span.From:O} to {span.To:O}");
        }
    }

    // What was known of the last changes was not so: one of them came later.
    private Task ReviseAsync(List<NodeTransitioned> changes, Random random)
    {
        var wrong = changes[^3];
        var instead = wrong with { At = wrong.At.AddTicks((changes[^2].At - wrong.At).Ticks / random.Next(2, 5)) };
        changes[^3] = instead;
        return AppendAsync(
            new HistoryRevised(_node, wrong.At, instead.At, [new(wrong.At, wrong.From, wrong.To)], [instead], 1)
        );
    }

    private NodeTransitioned Change(string from, string to, DateTimeOffset at) =>
        new(_node, from, to, at, new Why("check", "so it was", null, 0, [], [], 1));

    private Task<long> AppendAsync(IEvent @event) =>
        _server.AppendAsync(Log.Journal, StreamIds.StatusOf(_node), @event);
}
