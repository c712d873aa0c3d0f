using System.Text.Json;
using Npgsql;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Projecting;

/// <summary><c>torch.past_nodes</c>, <c>past_edges</c>, <c>past_marks</c> and <c>past_kinds</c>: every state that nodes and edges have had, with the positions between which they had it.</summary>
internal sealed class PastProjection()
    : JournalProjection(
        "Past:All",
        ["past_nodes", "past_edges", "past_marks", "past_kinds"],
        typeof(NodeCreated),
        typeof(NodeRenamed),
        typeof(NodeTagged),
        typeof(NodeCheckChanged),
        typeof(NodeStalenessChanged),
        typeof(NodePaused),
        typeof(NodeResumed),
        typeof(RulesPublished),
        typeof(NodeDeleted),
        typeof(NodeRemoved),
        typeof(ChildLinked),
        typeof(ChildUnlinked),
        typeof(NodeMarked),
        typeof(CheckCreated)
    )
{
    private static readonly string[] Columns = ["name", "check_id", "tags", "paused", "staleness", "rules_version"];

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
                Set(commands, at, e.NodeId, "rules_version", Of.Number(e.Version));
                break;
            case NodeDeleted e:
                Remove(commands, at, e.NodeId);
                break;
            case NodeRemoved e:
                Remove(commands, at, e.NodeId);
                break;
            case ChildLinked e:
                Link(commands, at, e);
                break;
            case ChildUnlinked e:
                Unlink(commands, at, e);
                break;
            case NodeMarked e:
                Mark(commands, at, e);
                break;
            case CheckCreated e:
                Kind(commands, at, e);
                break;
            default:
                throw NoEvent(at);
        }
    }

    private static void Create(Commands commands, RecordedEvent at, NodeCreated e) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.past_nodes (node_id, from_position, name, check_id, tags, created_at)
            select $1, $2, $3, $4, $5, $6
            where not exists (select from {commands.Schema}.past_nodes where node_id = $1 and to_position is null)
            """,
            Of.Id(e.NodeId),
            Of.Number(at.Position),
            Of.Text(e.Name),
            Of.Id(e.CheckId),
            Of.Texts(e.Tags),
            Of.Time(at.Timestamp)
        );

    // What it was ends here, and goes on with one column changed.
    private static void Set(Commands commands, RecordedEvent at, Guid nodeId, string column, NpgsqlParameter value)
    {
        var columns = string.Join(", ", Columns);
        var values = string.Join(", ", Columns.Select(c => c == column ? "$3" : c));
        commands.Add(
            $"""
            with was as (
                update {commands.Schema}.past_nodes set to_position = $2 where node_id = $1 and to_position is null returning *)
            insert into {commands.Schema}.past_nodes (node_id, from_position, created_at, {columns})
            select node_id, $2, created_at, {values} from was
            """,
            Of.Id(nodeId),
            Of.Number(at.Position),
            value
        );
    }

    private static void Remove(Commands commands, RecordedEvent at, Guid nodeId)
    {
        commands.Add(
            $"""
            update {commands.Schema}.past_edges set to_position = $2
            where (parent_id = $1 or child_id = $1) and to_position is null
            """,
            Of.Id(nodeId),
            Of.Number(at.Position)
        );
        commands.Add(
            $"update {commands.Schema}.past_nodes set to_position = $2 where node_id = $1 and to_position is null",
            Of.Id(nodeId),
            Of.Number(at.Position)
        );
    }

    private static void Link(Commands commands, RecordedEvent at, ChildLinked e) =>
        commands.Add(
            $"""
            with was as (
                update {commands.Schema}.past_edges set to_position = $3
                where parent_id = $1 and child_id = $2 and to_position is null returning ordinal)
            insert into {commands.Schema}.past_edges (parent_id, child_id, from_position, weight, required, contribution, ordinal)
            values ($1, $2, $3, $4, $5, $6, coalesce((select ordinal from was), $3))
            """,
            Of.Id(e.ParentId),
            Of.Id(e.ChildId),
            Of.Number(at.Position),
            Of.Decimal(e.Weight),
            Of.Flag(e.Required),
            Of.Text(e.Contribution)
        );

    private static void Unlink(Commands commands, RecordedEvent at, ChildUnlinked e) =>
        commands.Add(
            $"""
            update {commands.Schema}.past_edges set to_position = $3
            where parent_id = $1 and child_id = $2 and to_position is null
            """,
            Of.Id(e.ParentId),
            Of.Id(e.ChildId),
            Of.Number(at.Position)
        );

    private static void Mark(Commands commands, RecordedEvent at, NodeMarked e) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.past_marks (node_id, position, at, cause, marks) values ($1, $2, $3, $4, $5)
            on conflict do nothing
            """,
            Of.Id(e.NodeId),
            Of.Number(at.Position),
            Of.Time(e.At),
            Of.MaybeLong(e.Position),
            Of.Json(e.Marks == Marks.None ? null : EventCodec.Write(e.Marks))
        );

    private static void Kind(Commands commands, RecordedEvent at, CheckCreated e) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.past_kinds (check_id, position, kind) values ($1, $2, $3)
            on conflict do nothing
            """,
            Of.Id(e.CheckId),
            Of.Number(at.Position),
            Of.Text(JsonNamingPolicy.CamelCase.ConvertName(e.Settings.Kind.ToString()))
        );
}
