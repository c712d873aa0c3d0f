using System.Globalization;
using Npgsql;
using Torch.Contracts;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.SystemFacts;

internal static class ListLogs
{
    private const string Query = """
        select id, at, level, component, host, agent, message, exception from torch_log.system_logs
        where ($1::timestamptz is null or (at, id) < ($1, $2::bigint))
            and level >= $3 and ($4::text is null or component = $4 or starts_with(component, $4 || '.'))
            and ($5::text is null or agent = $5)
            and ($6::text is null or strpos(lower(message), lower($6)) > 0 or strpos(lower(exception), lower($6)) > 0)
            and ($7::timestamptz is null or at >= $7) and ($8::timestamptz is null or at < $8)
        order by at desc, id desc limit $9
        """;

    // Of Microsoft.Extensions.Logging, where information is 2.
    private const int First = (int)LogLevel.Information;

    /// <summary>What the servers and their agents logged in the last seven days, newest first.</summary>
    /// <param name="level">At least so bad; <c>information</c> where absent. Agents send warnings and what is worse.</param>
    /// <param name="component">A part of Torch, and what is below it: <c>Torch.Server.Notifying</c>.</param>
    /// <param name="agent">What the agent of this name sent.</param>
    /// <param name="text">What the message or the exception holds, in small or capital letters.</param>
    /// <param name="from">RFC 3339, inclusive.</param>
    /// <param name="to">RFC 3339, exclusive.</param>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="before">The <c>next</c> of the page before.</param>
    public static async Task<Page<LogLineView>> Handle(
        string? level,
        string? component,
        string? agent,
        string? text,
        string? from,
        string? to,
        int? limit,
        string? before,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var (at, id) = ReadBefore(before);
        var rows = await db.QueryAsync(
            Query,
            [
                at,
                id,
                (int)(QueryWords.Read<LogSeverity>(level, "level") ?? LogSeverity.Information) + First,
                Text(component, "component"),
                Text(agent, "agent"),
                Text(text, "text"),
                TimeRange.Parse(from, "from"),
                TimeRange.Parse(to, "to"),
                most + 1,
            ],
            Row,
            cancellationToken
        );
        return Paging.Of(rows, most, Next, reads.Position);
    }

    private static string Next(LogLineView line) =>
        Cursor.Write(
            line.At.ToString("O", CultureInfo.InvariantCulture),
            line.Id.ToString(CultureInfo.InvariantCulture)
        );

    private static (DateTimeOffset? At, long? Id) ReadBefore(string? before)
    {
        if (Cursor.Read(before, 2, "before") is not [var at, var id])
            return (null, null);
        return
            DateTimeOffset.TryParseExact(at, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && long.TryParse(id, CultureInfo.InvariantCulture, out var number)
            ? (time.ToUniversalTime(), number)
            : throw new FaultException(Fault.Invalid("before", "is not a cursor that Torch gave"));
    }

    private static string? Text(string? text, string parameter) =>
        string.IsNullOrEmpty(text) ? null
        : text.Contains('\0') ? throw new FaultException(Fault.Invalid(parameter, "must not contain a NUL character"))
        : text;

    private static LogLineView Row(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetFieldValue<DateTimeOffset>(1),
            SeverityOf(row.GetInt16(2)),
            row.GetString(3),
            row.GetString(4),
            row.Maybe<string>(5),
            row.GetString(6),
            row.Maybe<string>(7)
        );

    public static LogSeverity SeverityOf(short level) => (LogSeverity)(level - First);
}

internal static class CountLogs
{
    private const int Most = 1_000;

    private const string Query = """
        select component, agent, level, count(*) from torch_log.system_logs
        group by component, agent, level order by component, agent nulls first, level limit $1
        """;

    /// <summary>How many lines are kept of each component, agent and level.</summary>
    public static async Task<IReadOnlyList<LogCountView>> Handle(
        NpgsqlDataSource db,
        CancellationToken cancellationToken
    ) =>
        await db.QueryAsync(
            Query,
            [Most],
            r => new LogCountView(
                r.GetString(0),
                r.Maybe<string>(1),
                ListLogs.SeverityOf(r.GetInt16(2)),
                r.GetInt64(3)
            ),
            cancellationToken
        );
}
