using Npgsql;
using Torch.Domain;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Projecting;

/// <summary><c>torch.nodes</c>, <c>torch.edges</c> and <c>torch.dependencies</c>.</summary>
internal sealed class NodesProjection()
    : JournalProjection(
        "Nodes:All",
        ["nodes", "edges", "dependencies"],
        typeof(NodeCreated),
        typeof(NodeRenamed),
        typeof(NodeTagged),
        typeof(NodeCheckChanged),
        typeof(NodeStalenessChanged),
        typeof(NodePaused),
        typeof(NodeResumed),
        typeof(NodeAcknowledged),
        typeof(AcknowledgementWithdrawn),
        typeof(ManualStatusSet),
        typeof(ManualStatusCleared),
        typeof(NodeServicePeriodChanged),
        typeof(NodeDeleted),
        typeof(RulesPublished),
        typeof(ChildLinked),
        typeof(ChildUnlinked),
        typeof(NodeRemoved),
        typeof(DependencyAdded),
        typeof(DependencyRemoved)
    )
{
    protected override void Add(Commands commands, RecordedEvent at, IEvent? @event)
    {
        if (NodeColumns.Set(@event) is var (node, column, value))
        {
            Set(commands, at, node, column, value);
            return;
        }
        switch (@event)
        {
            case NodeCreated e:
                Create(commands, at, e);
                break;
            case RulesPublished e:
                Publish(commands, at, e);
                break;
            case NodeDeleted e:
                Remove(commands, e.NodeId);
                break;
            case NodeRemoved e:
                Remove(commands, e.NodeId);
                break;
            case ChildLinked e:
                Link(commands, at, e);
                break;
            case ChildUnlinked e:
                Unlink(commands, e);
                break;
            case DependencyAdded e:
                Depend(commands, at, e);
                break;
            case DependencyRemoved e:
                Undepend(commands, e);
                break;
            default:
                AddMask(commands, at, @event);
                break;
        }
    }

    // What masks a node is told by its marks; here they only move its version.
    private static void AddMask(Commands commands, RecordedEvent at, IEvent? @event)
    {
        switch (@event)
        {
            case NodeAcknowledged e:
                Set(commands, at, e.NodeId, null);
                break;
            case AcknowledgementWithdrawn e:
                Set(commands, at, e.NodeId, null);
                break;
            case ManualStatusSet e:
                Set(commands, at, e.NodeId, null);
                break;
            case ManualStatusCleared e:
                Set(commands, at, e.NodeId, null);
                break;
            case NodeServicePeriodChanged e:
                var period = e.ServicePeriod is null ? null : EventCodec.Write(e.ServicePeriod);
                Set(commands, at, e.NodeId, "service_period", Of.Json(period));
                break;
            default:
                throw NoEvent(at);
        }
    }

    private static void Create(Commands commands, RecordedEvent at, NodeCreated e) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.nodes (id, name, check_id, tags, rules, created_at, version)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (id) do nothing
            """,
            Of.Id(e.NodeId),
            Of.Text(e.Name),
            Of.Id(e.CheckId),
            Of.Texts(e.Tags),
            Of.Json(EventCodec.Write(RuleSet.Empty)),
            Of.Time(at.Timestamp),
            Of.Number(at.Version)
        );

    private static void Set(
        Commands commands,
        RecordedEvent at,
        Guid nodeId,
        string? column,
        NpgsqlParameter? value = null
    )
    {
        var also = column is null ? "" : $", {column} = $3";
        var sql = $"update {commands.Schema}.nodes set version = $2{also} where id = $1";
        if (value is null)
            commands.Add(sql, Of.Id(nodeId), Of.Number(at.Version));
        else
            commands.Add(sql, Of.Id(nodeId), Of.Number(at.Version), value);
    }

    private static void Publish(Commands commands, RecordedEvent at, RulesPublished e) =>
        commands.Add(
            $"""
            update {commands.Schema}.nodes
            set version = $2, rules = $3, rules_version = $4, rules_reason = $5, rules_author = $6, rules_at = $7
            where id = $1
            """,
            Of.Id(e.NodeId),
            Of.Number(at.Version),
            Of.Json(EventCodec.Write(e.Rules)),
            Of.Number(e.Version),
            Of.Text(e.Reason),
            Of.Text(at.Metadata?.Headers?.GetValueOrDefault("actor")),
            Of.Time(at.Timestamp)
        );

    private static void Remove(Commands commands, Guid nodeId)
    {
        commands.Add($"delete from {commands.Schema}.edges where parent_id = $1 or child_id = $1", Of.Id(nodeId));
        commands.Add(
            $"delete from {commands.Schema}.dependencies where node_id = $1 or depends_on_id = $1",
            Of.Id(nodeId)
        );
        commands.Add($"delete from {commands.Schema}.nodes where id = $1", Of.Id(nodeId));
    }

    private static void Depend(Commands commands, RecordedEvent at, DependencyAdded e) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.dependencies (node_id, depends_on_id, ordinal, added_at, added_by)
            values ($1, $2, $3, $4, $5)
            on conflict do nothing
            """,
            Of.Id(e.NodeId),
            Of.Id(e.DependsOnId),
            Of.Number(at.Position),
            Of.Time(at.Timestamp),
            Of.Text(at.Metadata?.Headers?.GetValueOrDefault("actor"))
        );

    private static void Undepend(Commands commands, DependencyRemoved e) =>
        commands.Add(
            $"delete from {commands.Schema}.dependencies where node_id = $1 and depends_on_id = $2",
            Of.Id(e.NodeId),
            Of.Id(e.DependsOnId)
        );

    private static void Link(Commands commands, RecordedEvent at, ChildLinked e) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.edges (parent_id, child_id, weight, required, contribution, ordinal)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (parent_id, child_id) do update
            set weight = excluded.weight, required = excluded.required, contribution = excluded.contribution
            """,
            Of.Id(e.ParentId),
            Of.Id(e.ChildId),
            Of.Decimal(e.Weight),
            Of.Flag(e.Required),
            Of.Text(e.Contribution),
            Of.Number(at.Position)
        );

    private static void Unlink(Commands commands, ChildUnlinked e) =>
        commands.Add(
            $"delete from {commands.Schema}.edges where parent_id = $1 and child_id = $2",
            Of.Id(e.ParentId),
            Of.Id(e.ChildId)
        );
}
