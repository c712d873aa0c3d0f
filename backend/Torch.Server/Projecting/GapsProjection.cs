using Torch.Domain;
using Torch.Domain.Agents;
using Torch.Domain.Checks;
using Torch.EventStore;

namespace Torch.Server.Projecting;

/// <summary><c>torch.gaps</c>.</summary>
internal sealed class GapsProjection()
    : JournalProjection(
        "Gaps:All",
        ["gaps"],
        typeof(GapBegan),
        typeof(GapEnded),
        typeof(ResultsLost),
        typeof(CheckDeleted)
    )
{
    protected override void Add(Commands commands, RecordedEvent at, IEvent? @event)
    {
        switch (@event)
        {
            case GapBegan e:
                commands.Add(
                    $"insert into {commands.Schema}.gaps (subject_id, position, from_at, reason, place) values ($1, $2, $3, $4, $5)",
                    Of.Id(e.CheckId),
                    Of.Number(at.Position),
                    Of.Time(at.Timestamp),
                    Of.Text(e.Reason),
                    Of.Text(e.Location)
                );
                break;
            case GapEnded e:
                Close(commands, at, e.CheckId, e.Location);
                break;
            case ResultsLost e:
                Lose(commands, at, e);
                break;
            case CheckDeleted e:
                // Closed, not forgotten: reports of its nodes left them out.
                CloseAll(commands, at, e.CheckId);
                break;
            default:
                throw NoEvent(at);
        }
    }

    private static void Close(Commands commands, RecordedEvent at, Guid checkId, string? place) =>
        commands.Add(
            $"""
            update {commands.Schema}.gaps set to_at = $2
            where subject_id = $1 and to_at is null and place is not distinct from $3
            """,
            Of.Id(checkId),
            Of.Time(at.Timestamp),
            Of.Text(place)
        );

    private static void CloseAll(Commands commands, RecordedEvent at, Guid checkId) =>
        commands.Add(
            $"update {commands.Schema}.gaps set to_at = $2 where subject_id = $1 and to_at is null",
            Of.Id(checkId),
            Of.Time(at.Timestamp)
        );

    private static void Lose(Commands commands, RecordedEvent at, ResultsLost e) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.gaps (subject_id, position, agent_id, location, from_at, to_at, results, reason)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            Of.Id(e.CheckId ?? e.AgentId),
            Of.Number(at.Position),
            Of.Id(e.AgentId),
            Of.Text(e.Location ?? Locations.Default),
            Of.Time(e.From),
            Of.Time(e.To),
            Of.Number(e.Results),
            Of.Text(e.Reason)
        );
}
