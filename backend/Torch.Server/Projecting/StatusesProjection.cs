using Torch.Domain;
using Torch.Domain.Statuses;
using Torch.EventStore;

namespace Torch.Server.Projecting;

/// <summary><c>torch.statuses</c>: the workspace's own. Removed ones stay, for history names them.</summary>
internal sealed class StatusesProjection()
    : JournalProjection(
        "Statuses:All",
        ["statuses"],
        typeof(StatusDefined),
        typeof(StatusChanged),
        typeof(StatusRemoved)
    )
{
    protected override void Add(Commands commands, RecordedEvent at, IEvent? @event)
    {
        switch (@event)
        {
            case StatusDefined e:
                Put(commands, at, new(e.Name, e.Label, e.Severity, e.Available, e.Shape, Colour: e.Colour));
                break;
            case StatusChanged e:
                Put(commands, at, new(e.Name, e.Label, e.Severity, e.Available, e.Shape, Colour: e.Colour));
                break;
            case StatusRemoved e:
                commands.Add($"update {commands.Schema}.statuses set removed = true where name = $1", Of.Text(e.Name));
                break;
            default:
                throw NoEvent(at);
        }
    }

    private static void Put(Commands commands, RecordedEvent at, Status status) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.statuses (name, label, severity, available, shape, colour, ordinal)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (name) do update
            set label = excluded.label, severity = excluded.severity, available = excluded.available,
                shape = excluded.shape, colour = excluded.colour, removed = false
            """,
            Of.Text(status.Name),
            Of.Text(status.Label),
            Of.MaybeNumber(status.Severity),
            Of.MaybeFlag(status.Available),
            Of.Text(status.Shape),
            Of.Text(status.Colour),
            Of.Number(at.Position)
        );
}
