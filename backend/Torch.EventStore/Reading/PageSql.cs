using Npgsql;
using NpgsqlTypes;

namespace Torch.EventStore.Reading;

/// <summary>The one statement behind every page: both logs merged, and the head of the log as the same snapshot saw it.</summary>
internal static class PageSql
{
    // What torch_log.head() answers, spelt out: as part of the statement it is planned once.
    private const string Head =
        "greatest((select max(seq_id) from journal.mt_events), (select max(seq_id) from telemetry.mt_events), 0)";

    public static string For(PageRead read, bool isWindowed)
    {
        var direction = read.Backwards ? "desc" : "asc";
        // Only the journal says who.
        var one = read.Actor is null ? read.Log : Log.Journal;
        Log[] logs = one is { } only ? [only] : [Log.Journal, Log.Telemetry];
        var parts = logs.Select(log => $"({Part(log, read, isWindowed)} order by seq_id {direction} limit $2)");
        // The left join keeps the head's row when the page is empty.
        return $"""
            with head as materialized (select {Head} as head),
            page as (select * from ({string.Join(" union all ", parts)}) merged order by seq_id {direction} limit $2)
            select page.*, head.head from head left join page on true order by seq_id {direction}
            """;
    }

    public static void AddParameters(NpgsqlCommand command, PageRead read, long? cursor, long window, int limit)
    {
        var start = cursor ?? (read.Backwards ? long.MaxValue : 0);
        Add(command, NpgsqlDbType.Bigint, start);
        Add(command, NpgsqlDbType.Bigint, (long)limit);
        Add(command, NpgsqlDbType.Bigint, window);
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Text, (object?)read.Types?.ToArray() ?? DBNull.Value);
        Add(command, NpgsqlDbType.Uuid, (object?)read.StreamId ?? DBNull.Value);
        if (read.Actor is not null)
            Add(command, NpgsqlDbType.Text, read.Actor);
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value });

    // Every parameter stands in the text even when it does not filter, so that their numbers hold.
    private static string Part(Log log, PageRead read, bool isWindowed)
    {
        var range = read.Backwards ? "seq_id < $1" : "seq_id > $1";
        var window = (isWindowed, read.Backwards) switch
        {
            (true, false) => " and seq_id <= $1 + $3",
            (true, true) => " and seq_id >= least($1, (select head + 1 from head)) - $3",
            _ => " and $3 > 0",
        };
        var types = read.Types is null ? " and $4 is null" : " and type = any ($4)";
        var stream = read.StreamId is null ? " and $5 is null" : " and stream_id = $5";
        var actor = read.Actor is null ? "" : " and headers->>'actor' = $6";
        return $"select {Reads.Columns(log)} from {log.Schema()}.mt_events where {range}{window}{types}{stream}{actor}";
    }
}
