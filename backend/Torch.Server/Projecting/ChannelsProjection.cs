using Torch.Domain;
using Torch.Domain.Notices;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Projecting;

/// <summary><c>torch.channels</c> and <c>torch.notice_rules</c>.</summary>
internal sealed class ChannelsProjection()
    : JournalProjection(
        "Channels:All",
        ["channels", "notice_rules"],
        typeof(ChannelCreated),
        typeof(ChannelChanged),
        typeof(ChannelSecretRotated),
        typeof(ChannelDisabled),
        typeof(ChannelTested),
        typeof(ChannelDeleted),
        typeof(NoticeRuleCreated),
        typeof(NoticeRuleChanged),
        typeof(NoticeRuleDeleted)
    )
{
    protected override void Add(Commands commands, RecordedEvent at, IEvent? @event)
    {
        switch (@event)
        {
            case ChannelCreated e:
                Create(commands, at, e);
                break;
            case ChannelChanged e:
                Change(commands, at, e);
                break;
            case ChannelSecretRotated:
            case ChannelTested:
                commands.Add(
                    $"update {commands.Schema}.channels set version = $2 where id = $1",
                    Of.Id(at.StreamId),
                    Of.Number(at.Version)
                );
                break;
            case ChannelDisabled e:
                commands.Add(
                    $"update {commands.Schema}.channels set version = $2, disabled_because = $3 where id = $1",
                    Of.Id(e.ChannelId),
                    Of.Number(at.Version),
                    Of.Text(e.Reason)
                );
                break;
            case ChannelDeleted e:
                commands.Add($"delete from {commands.Schema}.channels where id = $1", Of.Id(e.ChannelId));
                break;
            case NoticeRuleCreated e:
                Put(commands, at, e.RuleId, e.Settings);
                break;
            case NoticeRuleChanged e:
                Put(commands, at, e.RuleId, e.Settings);
                break;
            case NoticeRuleDeleted e:
                commands.Add($"delete from {commands.Schema}.notice_rules where id = $1", Of.Id(e.RuleId));
                break;
            default:
                throw NoEvent(at);
        }
    }

    private static void Create(Commands commands, RecordedEvent at, ChannelCreated e) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.channels (id, name, settings, secrets, version) values ($1, $2, $3, $4, $5)
            on conflict (id) do nothing
            """,
            Of.Id(e.ChannelId),
            Of.Text(e.Settings.Name),
            Of.Json(EventCodec.Write(e.Settings)),
            Of.Texts(e.Secrets.Keys.Order(StringComparer.Ordinal)),
            Of.Number(at.Version)
        );

    private static void Change(Commands commands, RecordedEvent at, ChannelChanged e)
    {
        var secrets = e.Secrets ?? new Dictionary<string, string>();
        commands.Add(
            $"""
            update {commands.Schema}.channels
            set name = $2, settings = $3, version = $4, disabled_because = null,
                secrets = array(select distinct s from unnest(secrets || $5) as s where s <> all($6) order by s)
            where id = $1
            """,
            Of.Id(e.ChannelId),
            Of.Text(e.Settings.Name),
            Of.Json(EventCodec.Write(e.Settings)),
            Of.Number(at.Version),
            Of.Texts(secrets.Where(s => s.Value.Length > 0).Select(s => s.Key)),
            Of.Texts(secrets.Where(s => s.Value.Length == 0).Select(s => s.Key))
        );
    }

    private static void Put(Commands commands, RecordedEvent at, Guid id, NoticeRuleSettings settings) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.notice_rules (id, name, settings, version) values ($1, $2, $3, $4)
            on conflict (id) do update
            set name = excluded.name, settings = excluded.settings, version = excluded.version
            """,
            Of.Id(id),
            Of.Text(settings.Name),
            Of.Json(EventCodec.Write(settings)),
            Of.Number(at.Version)
        );
}
