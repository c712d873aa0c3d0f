using Npgsql;
using Torch.Contracts;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.SystemFacts;

internal static class ListLogs
{
    private const string Query = """
        select id, at, level, component, host, message, exception from torch_log.system_logs
        where id < $1 and level >= $2 and ($3::text is null or component = $3 or starts_with(component, $3 || '.'))
            and ($4::text is null or strpos(lower(message), lower($4)) > 0 or strpos(lower(exception), lower($4)) > 0)
            and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
        order by id desc limit $7
        """;

    // Of Microsoft.Extensions.Logging, where information is 2.
    private const int First = (int)LogLevel.Information;

    /// <summary>What the servers logged in the last seven days, newest first.</summary>
    /// <param name="level">At least so bad; <c>information</c> where absent.</param>
    /// <param name="component">A part of Torch, and what is below it: <c>Torch.Server.Notifying</c>.</param>
    /// <param name="text">What the message holds, in small or capital letters.</param>
    /// <param name="from">RFC 3339, inclusive.</param>
    /// <param name="to">RFC 3339, exclusive.</param>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="before">The <c>next</c> of the page before.</param>
    public static async Task<Page<LogLineView>> Handle(
        string? level,
        string? component,
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
        var rows = await db.QueryAsync(
            Query,
            [
                Cursor.ReadBefore(before),
                (int)(QueryWords.Read<LogSeverity>(level, "level") ?? LogSeverity.Information) + First,
                Text(component, "component"),
                Text(text, "text"),
                TimeRange.Parse(from, "from"),
                TimeRange.Parse(to, "to"),
                most + 1,
            ],
            Row,
            cancellationToken
        );
        return Paging.Of(rows, most, l => Cursor.Write(l.Id), reads.Position);
    }

    private static string? Text(string? text, string parameter) =>
        string.IsNullOrEmpty(text) ? null
        : text.Contains('\0') ? throw new FaultException(Fault.Invalid(parameter, "must not contain a NUL character"))
        : text;

    private static LogLineView Row(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetFieldValue<DateTimeOffset>(1),
            (LogSeverity)(row.GetInt16(2) - First),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            row.Maybe<string>(6)
        );
}
