using Torch.EventStore;

namespace Torch.Server.Projecting;

/// <summary>
/// <c>torch.late_observations</c>: what came so long after its time that a report of that time may have been made before. Such a report
/// can be made again to the same byte, because the position of what came later is known.
/// </summary>
internal sealed class LateObservations
{
    /// <summary>Reports leave out so much of the end of what was observed; what comes within it is not late.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    private static string Insert(string schema) =>
        $"""
            insert into {schema}.late_observations (position, check_id, at, good, us)
            select * from unnest($1, $2, $3, $4, $5) on conflict do nothing
            """;

    private readonly List<(long Position, Guid CheckId, DateTimeOffset At, bool Good, double? Ms)> _rows = [];

    public void Look(RecordedEvent recorded, Guid checkId, DateTimeOffset at, bool good, double? totalMs)
    {
        if (recorded.Timestamp - at > Settling)
            _rows.Add((recorded.Position, checkId, at, good, totalMs));
    }

    public void Add(Commands commands)
    {
        if (_rows.Count == 0)
            return;
        commands.Add(
            Insert(commands.Schema),
            Of.Numbers(_rows.Select(r => r.Position)),
            Of.Ids(_rows.Select(r => r.CheckId)),
            Of.Times(_rows.Select(r => r.At)),
            Of.Flags(_rows.Select(r => r.Good)),
            Of.MaybeNumbers(_rows.Select(r => Microseconds(r.Ms)))
        );
    }

    private static long? Microseconds(double? ms) =>
        ms is { } time ? Domain.Rollups.PhaseSums.Microseconds(time) : null;
}
