using Npgsql;
using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.Domain.Notices;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features;
using Torch.Server.Features.Maintenance;
using Torch.Server.Features.Slos;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Configuring.Reading;

/// <summary>Reads the configuration from the read tables once they hold everything that is in the log now.</summary>
internal sealed class CurrentReading(
    NpgsqlDataSource db,
    IEventLog log,
    IReadPosition reads,
    Catalogue catalogue,
    ObjectiveReading objectives,
    JournalStreams streams,
    TimeProvider time
)
{
    private const string Checks = """
        select c.id, c.name, c.source, c.settings, exists (select from torch.nodes n where n.check_id = c.id) from torch.checks c
        order by c.name, c.id
        """;

    private const string Nodes = """
        select id, name, check_id, tags, paused, staleness, service_period, rules from torch.nodes order by name, id
        """;

    private const string Edges = """
        select parent_id, child_id, weight, required, contribution from torch.edges order by ordinal, parent_id, child_id
        """;

    private const string Dependencies = "select node_id, depends_on_id from torch.dependencies order by ordinal";

    private const string Objectives = "select id from torch.objectives order by name, id";

    private const string Channels = "select id from torch.channels order by name, id";

    private const string Notices = "select id, settings from torch.notice_rules order by name, id";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<CurrentConfig> ReadAsync(CancellationToken ct)
    {
        var position = await log.HeadAsync(ct);
        await WaitAsync(position, ct);
        var statuses = (await catalogue.NowAsync(ct)).State;
        var nodes = await NodesAsync(ct);
        var channels = await ChannelsAsync(ct);
        return new(
            statuses,
            await db.QueryAsync(Checks, [], Check, ct),
            nodes,
            await db.QueryAsync(MaintenanceReading.Rows + " order by name, id", [], Window, ct),
            await ObjectivesAsync(ct),
            channels,
            await NoticesAsync(channels, nodes, ct),
            position
        );
    }

    private async Task WaitAsync(long position, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            await reads.WaitForAsync(position, both.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new FaultException(Behind);
        }
    }

    private static CurrentCheck Check(NpgsqlDataReader row) =>
        row.Maybe<byte[]>(3) is { } settings
            ? new(row.GetGuid(0), EventCodec.Settings(settings), true, row.GetBoolean(4))
            : new(
                row.GetGuid(0),
                new(row.GetString(1), CheckKind.Report, Source: row.Maybe<string>(2)),
                false,
                row.GetBoolean(4)
            );

    private async Task<List<CurrentNode>> NodesAsync(CancellationToken ct)
    {
        var nodes = await db.QueryAsync(Nodes, [], Node, ct);
        var byId = nodes.ToDictionary(n => n.Id);
        await db.EachAsync(Edges, [], row => Link(Edge(row)), ct);
        await db.EachAsync(Dependencies, [], row => Depend(row.GetGuid(0), row.GetGuid(1)), ct);
        return nodes;

        void Link(Edge edge)
        {
            if (!byId.TryGetValue(edge.ParentId, out var parent) || !byId.TryGetValue(edge.ChildId, out var child))
                return;
            parent.Children.Add(edge);
            child.Parents.Add(edge);
        }

        void Depend(Guid node, Guid on)
        {
            if (byId.TryGetValue(node, out var known) && byId.ContainsKey(on))
                known.DependsOn.Add(on);
        }
    }

    private static CurrentNode Node(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetString(1),
            row.Maybe<Guid?>(2),
            row.GetFieldValue<string[]>(3),
            row.GetBoolean(4),
            row.Maybe<TimeSpan?>(5),
            row.Maybe<byte[]>(6) is { } period ? EventCodec.ServicePeriod(period) : null,
            EventCodec.Rules(row.GetFieldValue<byte[]>(7))
        );

    private static Edge Edge(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetGuid(1), row.GetDecimal(2), row.GetBoolean(3), row.GetString(4));

    private CurrentWindow Window(NpgsqlDataReader row)
    {
        var window = MaintenanceReading.Row(row);
        return new(window.Window.Id, window.Window, window.EndedAt(time.GetUtcNow()) is not null);
    }

    private async Task<List<CurrentObjective>> ObjectivesAsync(CancellationToken ct)
    {
        var known = new List<CurrentObjective>();
        foreach (var id in await db.QueryAsync(Objectives, [], r => r.GetGuid(0), ct))
            if ((await objectives.AtAsync(id, long.MaxValue, ct)).Objective.Settings is { } settings)
                known.Add(new(id, settings));
        return known;
    }

    // Of channels and nodes that are gone nothing is said; a rule that has nothing else left tells nobody of anything.
    private async Task<List<CurrentNotice>> NoticesAsync(
        List<CurrentChannel> channels,
        List<CurrentNode> nodes,
        CancellationToken ct
    )
    {
        var ways = channels.Select(c => c.Id).ToHashSet();
        var there = nodes.Select(n => n.Id).ToHashSet();
        var rules = await db.QueryAsync(
            Notices,
            [],
            r => new CurrentNotice(r.GetGuid(0), EventCodec.NoticeRuleSettings(r.GetFieldValue<byte[]>(1))),
            ct
        );
        return
        [
            .. rules
                .Where(r => r.Settings.Channels.Any(ways.Contains))
                .Where(r => r.Settings.NodeIds.Count == 0 || r.Settings.NodeIds.Any(there.Contains))
                .Select(r => r with { Settings = Living(r.Settings, ways, there) }),
        ];
    }

    private static NoticeRuleSettings Living(NoticeRuleSettings rule, HashSet<Guid> channels, HashSet<Guid> nodes) =>
        rule with
        {
            NodeIds = [.. rule.NodeIds.Where(nodes.Contains)],
            Channels = [.. rule.Channels.Where(channels.Contains)],
            Escalations =
            [
                .. rule
                    .Escalations.Select(e => e with { Channels = [.. e.Channels.Where(channels.Contains)] })
                    .Where(e => e.Channels.Count > 0),
            ],
        };

    // Their secrets are in the log alone.
    private async Task<List<CurrentChannel>> ChannelsAsync(CancellationToken ct)
    {
        var known = new List<CurrentChannel>();
        foreach (var id in await db.QueryAsync(Channels, [], r => r.GetGuid(0), ct))
            if ((await streams.ReadAsync(Journaled.Channel, id, ct)).State is { Settings: { } settings } channel)
                known.Add(new(id, settings, channel.Secrets));
        return known;
    }

    private static Fault Behind { get; } =
        new(503, "not_caught_up", "The read tables do not hold the newest changes yet.", RetryAfterSeconds: 1);
}
