using Npgsql;
using Torch.Domain.Schedules;
using Torch.Server.Auth;
using Torch.Server.Events;
using Window = Torch.Domain.Maintenance.MaintenanceWindow;

namespace Torch.Server.Features.Maintenance;

/// <summary>A window's row.</summary>
internal sealed record WindowRow(
    Window Window,
    string? CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? BegunAt,
    DateTimeOffset? BegunUntil,
    long Version
)
{
    private bool IsFlexible => Window.Schedule!.Kind == Domain.Maintenance.MaintenanceKind.Flexible;

    /// <summary>The time that it is open at a moment; null where it is not.</summary>
    public Occurrence? OpenAt(DateTimeOffset at) =>
        !IsFlexible ? Window.OpenAt(at)
        : BegunAt <= at && at < BegunUntil && Window.EndedAt is null ? new(BegunAt.Value, BegunUntil.Value)
        : null;

    /// <summary>When it opens next, or may open.</summary>
    public DateTimeOffset? NextFrom(DateTimeOffset at)
    {
        if (IsFlexible && (BegunAt is not null || Window.EndedAt is not null))
            return null;
        var after =
            OpenAt(at)?.To
            ?? (
                IsFlexible ? at
                : Window.EndedAt >= at ? Window.EndedAt.Value
                : at
            );
        var next = Window.Schedule!.FrameAt(after);
        if (next is not null && Window.EndedAt >= next.From)
            next = Window.Schedule.FrameAt(next.To);
        return next?.From;
    }

    /// <summary>When it was over for good.</summary>
    public DateTimeOffset? EndedAt(DateTimeOffset at)
    {
        if (OpenAt(at) is not null || NextFrom(at) is not null)
            return null;
        var planned = BegunUntil ?? Window.Schedule!.To ?? Window.Schedule.ValidTo;
        return Window.EndedAt is { } ended && !(planned < ended) ? ended : planned;
    }

    /// <summary>Each time that it is open between two moments, or may open; what was ended early ends there.</summary>
    public IEnumerable<Occurrence> Between(DateTimeOffset from, DateTimeOffset to)
    {
        IEnumerable<Occurrence> planned =
            BegunAt is { } begun && BegunUntil is { } until
                ? new Occurrence[] { new(begun, until) }.Where(o => o.From < to && o.To > from)
                : Window.Schedule!.Between(from, to);
        return planned
            .Select(o => Window.EndedAt is { } e && e >= o.From && e < o.To ? o with { To = e } : o)
            .Where(o => o.To > o.From);
    }
}

/// <summary>Windows as the read tables hold them.</summary>
internal static class MaintenanceReading
{
    public const string Rows = """
        select id, name, node_ids, schedule, reason, ended_at, created_by, created_at, begun_at, begun_until, version
        from torch.maintenance
        """;

    public static WindowRow Row(NpgsqlDataReader row) =>
        new(
            new(
                row.GetGuid(0),
                row.GetString(1),
                new(row.GetFieldValue<Guid[]>(2)),
                EventCodec.MaintenanceSchedule(row.GetFieldValue<byte[]>(3)),
                row.Maybe<string>(4),
                row.Maybe<DateTimeOffset?>(5),
                true
            ),
            row.Maybe<string>(6),
            row.GetFieldValue<DateTimeOffset>(7),
            row.Maybe<DateTimeOffset?>(8),
            row.Maybe<DateTimeOffset?>(9),
            row.GetInt64(10)
        );

    public static Contracts.MaintenanceWindow View(WindowRow row, DateTimeOffset now, long position, Sight sight)
    {
        var (window, open) = (row.Window, row.OpenAt(now));
        return new(
            window.Id,
            window.Name,
            sight.Of(window.NodeIds),
            window.Reason,
            MaintenanceMapping.View(window.Schedule!),
            open is not null,
            open?.To,
            row.NextFrom(now),
            row.EndedAt(now),
            row.CreatedBy,
            row.CreatedAt,
            row.Version,
            position
        );
    }
}
