using Torch.Domain;
using Torch.Domain.Notices;
using Torch.EventStore;

namespace Torch.Server.Projecting;

/// <summary><c>torch.notices</c> and what became of them: what was told, for people. Nothing is sent from here.</summary>
internal sealed class NoticesProjection()
    : JournalProjection(
        "NoticeLog:All",
        ["notices", "notice_incidents", "notice_deliveries"],
        typeof(NoticeRaised),
        typeof(NoticeDelivered),
        typeof(NoticeAttemptFailed),
        typeof(NoticeReplayed)
    )
{
    protected override void Add(Commands commands, RecordedEvent at, IEvent? @event)
    {
        switch (@event)
        {
            case NoticeRaised e:
                Raise(commands, at, e);
                break;
            case NoticeDelivered e:
                Settle(commands, at, e.NoticeId, e.ChannelId, "delivered", e.Attempt, e.Detail, null);
                break;
            case NoticeAttemptFailed e:
                var state = e.RetryAt is null ? "failed" : "waiting";
                Settle(commands, at, e.NoticeId, e.ChannelId, state, e.Attempt, e.Detail, e.RetryAt);
                break;
            case NoticeReplayed e:
                commands.Add(
                    $"""
                    update {commands.Schema}.notice_deliveries set state = 'waiting', retry_at = null
                    where notice_id = $1 and channel_id = $2
                    """,
                    Of.Id(e.NoticeId),
                    Of.Id(e.ChannelId)
                );
                break;
            default:
                throw NoEvent(at);
        }
    }

    private static void Raise(Commands commands, RecordedEvent at, NoticeRaised e)
    {
        commands.Add(
            $"""
            insert into {commands.Schema}.notices (id, position, rule_id, data) values ($1, $2, $3, $4)
            on conflict (id) do nothing
            """,
            Of.Id(e.NoticeId),
            Of.Number(at.Position),
            Of.Id(e.RuleId),
            Of.Json(at.Data.ToArray())
        );
        commands.Add(
            $"""
            insert into {commands.Schema}.notice_incidents (incident_id, notice_id)
            select i, $1 from unnest($2) as i on conflict do nothing
            """,
            Of.Id(e.NoticeId),
            Of.Ids(e.Items.Select(i => i.IncidentId).Concat((e.Rest ?? []).Select(r => r.IncidentId)))
        );
        commands.Add(
            $"""
            insert into {commands.Schema}.notice_deliveries (notice_id, channel_id, state, attempts)
            select $1, c, 'waiting', 0 from unnest($2) as c on conflict do nothing
            """,
            Of.Id(e.NoticeId),
            Of.Ids(e.Channels)
        );
    }

    private static void Settle(
        Commands commands,
        RecordedEvent at,
        Guid noticeId,
        Guid channelId,
        string state,
        int attempts,
        string detail,
        DateTimeOffset? retryAt
    ) =>
        commands.Add(
            $"""
            update {commands.Schema}.notice_deliveries
            set state = $3, attempts = $4, detail = $5, at = $6, retry_at = $7
            where notice_id = $1 and channel_id = $2
            """,
            Of.Id(noticeId),
            Of.Id(channelId),
            Of.Text(state),
            Of.MaybeNumber(attempts),
            Of.Text(detail),
            Of.Time(at.Timestamp),
            Of.MaybeTime(retryAt)
        );
}
