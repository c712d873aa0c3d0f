using System.Globalization;
using Npgsql;
using Torch.Contracts;
using Torch.Server.Agents;
using Torch.Server.Evaluating;

namespace Torch.Server.Features;

/// <summary>Looks for what makes Torch slow, wrong or late, before it hurts.</summary>
internal sealed class SystemWarnings(
    NpgsqlDataSource db,
    IEvaluation evaluation,
    AgentWarnings agents,
    Schedule schedule
)
{
    // A snapshot keeps every row version made after it, and each report makes one of its stream's row.
    private const string HeldSnapshots = """
        select pid, coalesce(nullif(application_name, ''), usename, 'a session'),
            extract(epoch from clock_timestamp() - coalesce(xact_start, query_start))::float8
        from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
            and (backend_xmin is not null or backend_xid is not null)
            and coalesce(xact_start, query_start) < clock_timestamp() - interval '5 seconds'
        order by 3 desc limit 1
        """;

    // The log's clock never goes back; when the machine's does, time in the log stands still until it has caught up.
    private const string ClockBehind = """
        select last_value / 1e6 - extract(epoch from clock_timestamp())::float8 from torch_log.clock
        where last_value / 1e6 > extract(epoch from clock_timestamp()) + 1
        """;

    private const string Parked = """
        select projection, count(distinct stream_id) from torch_log.parked_events group by projection order by projection
        """;

    private const string Behind = """
        select name, last_seq_id from journal.mt_event_progression
        where name like '%:All' and name <> 'Evaluator:All' and last_seq_id < $1 order by name
        """;

    // So far behind, people begin to see it.
    private const long Far = 50_000;

    /// <param name="head">Of the log.</param>
    public async Task<IReadOnlyList<SystemWarning>> ReadAsync(long head, CancellationToken cancellationToken)
    {
        var warnings = new List<SystemWarning>();
        warnings.AddRange(await db.QueryAsync(HeldSnapshots, [], HeldSnapshot, cancellationToken));
        warnings.AddRange(await db.QueryAsync(ClockBehind, [], Clock, cancellationToken));
        warnings.AddRange(await db.QueryAsync(Parked, [], ParkedStreams, cancellationToken));
        warnings.AddRange(await db.QueryAsync(Behind, [head - Far], ProjectionBehind, cancellationToken));
        if (evaluation.Position < head - Far)
            warnings.Add(new("evaluator-behind", $"Statuses are {Count(head - evaluation.Position)} events behind."));
        if (evaluation.Unknown.Count > 0)
            warnings.Add(Unknown(evaluation.Unknown));
        if (schedule.Unreadable > 0)
            warnings.Add(Unreadable(schedule.Unreadable));
        warnings.AddRange(await agents.ReadAsync(cancellationToken));
        return warnings;
    }

    private static SystemWarning HeldSnapshot(NpgsqlDataReader row) =>
        new(
            "held-snapshot",
            $"{row.GetString(1)} (process {row.GetInt32(0)} of PostgreSQL) has held a transaction open for {row.GetDouble(2):0} s. "
                + "PostgreSQL cannot clean up behind it, and storing reports becomes slower until it ends."
        );

    private static SystemWarning Clock(NpgsqlDataReader row) =>
        new(
            "clock-behind",
            $"The database's clock is {row.GetDouble(0):0} s behind the log's last event. Time in the log stands still until it has caught up."
        );

    private static SystemWarning ParkedStreams(NpgsqlDataReader row) =>
        new(
            "parked",
            $"{row.GetString(0)} has parked {Count(row.GetInt64(1))} streams whose events it cannot fold; all others go on."
        );

    private static SystemWarning ProjectionBehind(NpgsqlDataReader row) =>
        new("projection-behind", $"{row.GetString(0)} stands at {Count(row.GetInt64(1))}, far behind the log.");

    private static SystemWarning Unknown(IReadOnlyDictionary<string, long> types) =>
        new(
            "unknown-events",
            $"{Count(types.Values.Sum())} events are of types that this version does not know ({string.Join(", ", types.Keys)}). They are kept, and change nothing."
        );

    private static SystemWarning Unreadable(int checks) =>
        new(
            "secret-unreadable",
            $"{Count(checks)} checks do not run: their secrets were encrypted with keys that are not here. Bring the folder of keys along, or enter the secrets again."
        );

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
