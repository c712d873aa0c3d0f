using Torch.Domain;
using Torch.Domain.Pushes;
using Torch.EventStore;

namespace Torch.Server.Projecting;

/// <summary><c>torch.push_keys</c>.</summary>
internal sealed class PushKeysProjection()
    : JournalProjection("PushKeys:All", ["push_keys"], typeof(PushKeyCreated), typeof(PushKeyRemoved))
{
    protected override void Add(Commands commands, RecordedEvent at, IEvent? @event)
    {
        switch (@event)
        {
            case PushKeyCreated e:
                commands.Add(
                    $"""
                    insert into {commands.Schema}.push_keys (id, name, source, prefix, created_at, version)
                    values ($1, $2, $3, $4, $5, $6)
                    """,
                    Of.Id(e.PushKeyId),
                    Of.Text(e.Name),
                    Of.Text(e.Source),
                    Of.Text(e.Prefix),
                    Of.Time(at.Timestamp),
                    Of.Number(at.Version)
                );
                break;
            case PushKeyRemoved e:
                commands.Add($"delete from {commands.Schema}.push_keys where id = $1", Of.Id(e.PushKeyId));
                break;
            default:
                throw NoEvent(at);
        }
    }
}
