using Npgsql;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Evaluation;
using Torch.Domain.Maintenance;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Evaluating;
using Torch.Server.Features;
using Torch.Server.Projecting;
using Torch.Server.Tests.Folding;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

/// <summary>The read tables' word for a past tree is held against what a fold of the log to the same position says.</summary>
public sealed class PastTreeTests : FoldingTest
{
    private static readonly string[] Statuses = ["up", "up", "degraded", "critical", "down"];

    private readonly Random _random = new(20261121);
    private readonly List<Guid> _groups = [];
    private readonly List<(Guid Node, string Source)> _leaves = [];
    private readonly List<(Guid Parent, Guid Child)> _links = [];
    private int _named;

    private PastTrees Trees =>
        new(
            _server.Get<NpgsqlDataSource>(),
            new LogTimes(_server.Get<NpgsqlDataSource>()),
            _server.Get<IReadPosition>(),
            _server.Evaluation,
            _server.Get<PastStates>()
        );

    [Fact]
    public async Task A_tree_from_the_read_tables_is_the_tree_that_a_fold_of_the_log_gives_at_every_position()
    {
        for (var burst = 0; burst < 3; burst++)
        {
            for (var i = 0; i < 70; i++)
                await StepAsync();
            await LateAsync();
        }
        var positions = await PositionsAsync();
        positions.Count.ShouldBeGreaterThan(200);

        var snapshots = _server.Get<IEvaluatorSnapshots>();
        var statuses = new HashSet<string>(StringComparer.Ordinal);
        var marked = 0;
        foreach (var position in positions.Where((_, i) => i % 7 == 0 || i == positions.Count - 1))
        {
            var folded = Folded((await snapshots.AtAsync(position, FoldingServer.Limit.Token)).Evaluator.Save());
            var read = await ReadAsync(position);
            read.Keys.Order().ShouldBe(folded.Keys.Order(), $"nodes at {position}");
            foreach (var (id, node) in folded)
                read[id].ShouldBe(node, $"at {position}");
            statuses.UnionWith(folded.Values.Select(n => n.Status));
            marked += folded.Values.Count(n => n.Marks.Length > 0);
        }
        // It is a log in which something happens.
        statuses.Count.ShouldBeGreaterThan(4);
        marked.ShouldBeGreaterThan(0);
        (await _database.CountAsync("journal.mt_events where type = 'history_revised'")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_the_past_is_read_from_is_the_same_after_a_rebuild_and_after_the_observations_have_gone()
    {
        for (var i = 0; i < 60; i++)
            await StepAsync();
        await _server.SettleAsync();
        var positions = (await PositionsAsync()).Where((_, i) => i % 10 == 0).ToList();
        var before = new List<string>();
        foreach (var position in positions)
            before.Add(Text(await ReadAsync(position)));

        await _server.RebuildAsync(_database);
        await _database.ExecuteAsync($"delete from telemetry.mt_events where seq_id < {positions[^1]}");

        foreach (var (position, was) in positions.Zip(before))
            Text(await ReadAsync(position)).ShouldBe(was, $"at {position}");
    }

    [Fact]
    public async Task A_log_from_before_there_were_such_tables_is_read_into_them_once()
    {
        for (var i = 0; i < 40; i++)
            await StepAsync();
        await _server.SettleAsync();
        var position = (await PositionsAsync())[^5];
        var was = Text(await ReadAsync(position));
        await _server.DisposeAsync();
        await _database.ExecuteAsync(
            """
            drop table torch.past_nodes, torch.past_edges, torch.past_marks, torch.past_kinds;
            drop index torch.transitions_newest;
            create index transitions_at on torch.transitions (node_id, at);
            delete from journal.mt_event_progression where name = 'Past:All';
            delete from torch_log.schema_versions where script like '0122%';
            """
        );

        var scripts = SchemaScript.EmbeddedIn(typeof(Server.Events.EventCodec).Assembly);
        await SchemaInstaller.ApplyAsync(_database.DataSource, scripts, FoldingServer.Limit.Token);
        (await _database.CountAsync("torch_log.rebuilds where projection = 'Past:All'")).ShouldBe(1);
        _server = await FoldingServer.StartAsync(_database);
        var group = await _server.GroupAsync("after the update");
        await Eventually.IsTrueAsync(async () => await _database.CountAsync("torch_log.rebuilds") == 0);

        Text(await ReadAsync(position)).ShouldBe(was);
        await _server.SettleAsync();
        (await ReadAsync(await _server.Log.HeadAsync(FoldingServer.Limit.Token))).Keys.ShouldContain(group);
    }

    private static string Text(Dictionary<Guid, Seen> nodes) =>
        string.Join('\n', nodes.OrderBy(n => n.Key).Select(n => $"{n.Key} {n.Value}"));

    /// <summary>What both sides say of a node.</summary>
    private sealed record Seen(
        string Name,
        string Tags,
        Guid? CheckId,
        string? Kind,
        bool Paused,
        string Status,
        string Since,
        string Marks,
        string Children
    );

    private static Dictionary<Guid, Seen> Folded(EvaluatorSnapshot saved)
    {
        var checks = saved
            .Checks.SelectMany(c => c.Leaves.Select(leaf => (Leaf: leaf, Check: c)))
            .ToDictionary(x => x.Leaf, x => x.Check);
        return saved
            .Nodes.Select((n, i) => (Node: n, Check: checks.GetValueOrDefault(i)))
            .ToDictionary(
                x => x.Node.Id,
                x => new Seen(
                    x.Node.Name,
                    string.Join(',', x.Node.Tags),
                    x.Check?.Id,
                    x.Check is null ? null : (x.Check.Settings?.Kind ?? CheckKind.Report).ToString(),
                    x.Node.Paused,
                    saved.Statuses[x.Node.Verdict.Status],
                    Text(x.Node.Since),
                    Text(x.Node.Layers?.Marks),
                    string.Join(' ', x.Node.Children.Select(e => saved.Nodes[e.Child].Id))
                )
            );
    }

    // PostgreSQL keeps microseconds.
    private static string Text(DateTimeOffset at) => at.ToString("O")[..26];

    private static string Text(Marks? marks) => marks is null || marks == Marks.None ? "" : marks.ToString();

    private async Task<Dictionary<Guid, Seen>> ReadAsync(long position)
    {
        var nodes = new Dictionary<Guid, Seen>();
        var trees = new Stack<Contracts.TreeNode>(
            await Trees.AllAsync(position, Sight.Whole, FoldingServer.Limit.Token)
        );
        while (trees.TryPop(out var node))
        {
            nodes[node.Id] = new(
                node.Name,
                string.Join(',', node.Tags),
                node.CheckId,
                node.CheckKind?.ToString(),
                node.Paused,
                node.Status,
                Text(node.Since),
                Text(MarksOf(node)),
                string.Join(' ', node.Children.Select(c => c.Id))
            );
            foreach (var child in node.Children)
                trees.Push(child);
        }
        return nodes;
    }

    private static Marks MarksOf(Contracts.TreeNode node) =>
        new(
            node.Flapping is true,
            node.Acknowledged is { } a ? new(a.By, a.Reason, a.At, a.Until) : null,
            node.Maintenance is { } m ? new(m.WindowId, m.Name, m.Until) : null,
            node.Manual is { } h ? new(h.Status, h.By, h.Reason, h.At, h.Until) : null
        );

    // Between the events of one commit there is no instant.
    private async Task<List<long>> PositionsAsync()
    {
        var text = await _database.TextAsync(
            """
            select string_agg(seq_id::text, ',' order by seq_id) from (
                select max(seq_id) as seq_id from (
                    select seq_id, timestamp from journal.mt_events union all select seq_id, timestamp from telemetry.mt_events) e
                group by timestamp) p
            """
        );
        return [.. text!.Split(',').Select(long.Parse)];
    }

    private async Task StepAsync()
    {
        if (_groups.Count < 3 || _random.Next(10) == 0)
            await GrowAsync();
        else if (_leaves.Count < 4 || _random.Next(12) == 0)
            await PlaceAsync();
        else if (_random.Next(2) == 0)
            await _server.ReportAsync(Any(_leaves).Source, Any(Statuses), _random.Next(100));
        else
            await ChangeAsync();
    }

    private async Task GrowAsync()
    {
        var parent = _groups.Count > 0 && _random.Next(4) > 0 ? Any(_groups) : (Guid?)null;
        _groups.Add(await _server.GroupAsync($"g{_named++}", parent));
        if (parent is { } above)
            _links.Add((above, _groups[^1]));
    }

    private async Task PlaceAsync()
    {
        var (source, parent) = ($"s{_random.Next(6)}", Any(_groups));
        _leaves.Add((await _server.LeafAsync(source, parent), source));
        _links.Add((parent, _leaves[^1].Node));
    }

    private Task ChangeAsync()
    {
        var leaf = Any(_leaves).Node;
        var node = _random.Next(2) == 0 ? leaf : Any(_groups);
        return _random.Next(12) switch
        {
            0 => Do(node, new NodeRenamed(node, $"n{_named++}")),
            1 => Do(node, new NodeTagged(node, [$"t{_random.Next(3)}"])),
            2 => Do(node, new NodePaused(node, "because")),
            3 => Do(node, new NodeResumed(node, null)),
            4 => Do(node, new NodeAcknowledged(node, "known", null)),
            5 => Do(node, new ManualStatusSet(node, Any(Statuses), "seen", DateTimeOffset.UtcNow.AddSeconds(1))),
            6 => Do(node, new ManualStatusCleared(node)),
            7 => MaintainAsync(node),
            8 => _server.PublishAsync(Any(_groups), "count(children where status is down) >= 1", Any(Statuses)),
            9 => Do(leaf, new NodeCheckChanged(leaf, CheckIds.OfSource($"s{_random.Next(6)}"))),
            10 => CreateCheckAsync(),
            _ => RelinkAsync(),
        };
    }

    private Task MaintainAsync(Guid node)
    {
        var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        var schedule = new MaintenanceSchedule(MaintenanceKind.Fixed, now, now.AddMilliseconds(400));
        return Do(id, new MaintenanceScheduled(id, "w", [node], schedule, null));
    }

    private Task CreateCheckAsync()
    {
        var source = $"s{_random.Next(6)}";
        var id = CheckIds.OfSource(source);
        return Do(id, new CheckCreated(id, new(source, CheckKind.Heartbeat, Source: source)));
    }

    private async Task RelinkAsync()
    {
        var (parent, child) = Any(_links);
        switch (_random.Next(4))
        {
            case 0:
                await Do(WellKnown.Topology, new ChildUnlinked(parent, child));
                break;
            case 1 when _leaves.Count > 5 && _leaves.Exists(l => l.Node == child):
                _leaves.RemoveAll(l => l.Node == child);
                _links.RemoveAll(l => l.Child == child);
                await Do(WellKnown.Topology, new NodeRemoved(child));
                break;
            default:
                await Do(WellKnown.Topology, new ChildLinked(parent, child, _random.Next(1, 4)));
                break;
        }
    }

    // Down a moment before what is known already; and then nothing, until that is in effective history.
    private async Task LateAsync()
    {
        var source = Any(_leaves).Source;
        var before = DateTimeOffset.UtcNow;
        await Eventually.IsTrueAsync(() => DateTimeOffset.UtcNow > before + TimeSpan.FromMilliseconds(50));
        await _server.ReportAsync(source, "up");
        await _server.SettleAsync();
        await _server.ReportAsync(source, "down", at: before);
        await _server.SettleAsync();
    }

    private Task Do(Guid stream, IEvent @event) => _server.AppendAsync(Log.Journal, stream, @event);

    private T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
