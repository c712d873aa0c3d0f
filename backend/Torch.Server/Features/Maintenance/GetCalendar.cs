using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Maintenance;

internal static class GetCalendar
{
    private const string Query = MaintenanceReading.Rows + " where $1::uuid[] is null or node_ids && $1";

    private const int MostOccurrences = 10_000;
    private static readonly TimeSpan Month = TimeSpan.FromDays(28);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>When windows are open, or may open, between two moments.</summary>
    /// <param name="from">RFC 3339; 28 days before <c>to</c> where absent.</param>
    /// <param name="to">RFC 3339, exclusive, at most 366 days later; now where absent.</param>
    public static async Task<MaintenanceCalendar> Handle(
        string? from,
        string? to,
        NpgsqlDataSource db,
        IReadPosition reads,
        Sight sight,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var range = TimeRange.Of(from, to, Month, time);
        if (range.Length > Longest)
            throw new FaultException(Fault.Invalid("to", "must be at most 366 days after from"));
        var position = reads.Position;
        var rows = await db.QueryAsync(Query, [sight.Nodes], MaintenanceReading.Row, cancellationToken);
        var items = rows.SelectMany(row => row.Between(range.From, range.To).Select(o => View(row, o, sight)))
            .Take(MostOccurrences + 1)
            .OrderBy(o => o.From)
            .ThenBy(o => o.Name, StringComparer.Ordinal)
            .ToList();
        return items.Count <= MostOccurrences
            ? new(range.From, range.To, items, position)
            : throw new FaultException(
                new Fault(422, "calendar_too_large", $"There are more than {MostOccurrences:N0} of them. Ask for less.")
            );
    }

    private static MaintenanceOccurrence View(WindowRow row, Domain.Schedules.Occurrence occurrence, Sight sight) =>
        new(
            row.Window.Id,
            row.Window.Name,
            (MaintenanceKind)row.Window.Schedule!.Kind,
            occurrence.From,
            occurrence.To,
            sight.Of(row.Window.NodeIds)
        );
}
