using Torch.Domain;
using Torch.Domain.StatusPages;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Projecting;

/// <summary><c>torch.status_pages</c>.</summary>
internal sealed class StatusPagesProjection()
    : JournalProjection(
        "StatusPages:All",
        ["status_pages"],
        typeof(StatusPageCreated),
        typeof(StatusPageChanged),
        typeof(StatusPageDeleted)
    )
{
    protected override void Add(Commands commands, RecordedEvent at, IEvent? @event)
    {
        switch (@event)
        {
            case StatusPageCreated e:
                Put(commands, at, e.PageId, e.Settings);
                break;
            case StatusPageChanged e:
                Put(commands, at, e.PageId, e.Settings);
                break;
            case StatusPageDeleted e:
                commands.Add($"delete from {commands.Schema}.status_pages where id = $1", Of.Id(e.PageId));
                break;
            default:
                throw NoEvent(at);
        }
    }

    private static void Put(Commands commands, RecordedEvent at, Guid id, StatusPageSettings settings) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.status_pages (id, slug, settings, published, node_ids, version)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (id) do update
            set settings = excluded.settings, published = excluded.published, node_ids = excluded.node_ids,
                version = excluded.version
            """,
            Of.Id(id),
            Of.Text(settings.Slug),
            Of.Json(EventCodec.Write(settings)),
            Of.Flag(settings.Published),
            Of.Ids(settings.Entries.Select(e => e.NodeId)),
            Of.Number(at.Version)
        );
}
