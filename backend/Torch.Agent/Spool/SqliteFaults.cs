using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Torch.Agent.Spool;

/// <summary>What SQLite's refusals mean, and values of rows that may be damaged: null where one is not of its kind.</summary>
internal static class SqliteFaults
{
    /// <summary>The disk or the system refuses: the file is as it was, and the same may succeed later.</summary>
    public static bool IsRefusal(this SqliteException fault) =>
        fault.SqliteExtendedErrorCode != raw.SQLITE_IOERR_SHORT_READ
        && fault.SqliteErrorCode
            is raw.SQLITE_FULL
                or raw.SQLITE_IOERR
                or raw.SQLITE_BUSY
                or raw.SQLITE_LOCKED
                or raw.SQLITE_NOMEM
                or raw.SQLITE_CANTOPEN
                or raw.SQLITE_PERM
                or raw.SQLITE_INTERRUPT;

    /// <summary>Anything else can only come of a damaged file, for the statements are right.</summary>
    public static bool IsDamage(this SqliteException fault) => !fault.IsRefusal();

    public static long? Long(this SqliteDataReader row, int column) => row.GetValue(column) as long?;

    public static byte[]? Bytes(this SqliteDataReader row, int column) => row.GetValue(column) as byte[];

    public static Guid? Id(this SqliteDataReader row, int column) =>
        row.Bytes(column) is { Length: 16 } bytes ? new Guid(bytes) : null;

    public static DateTimeOffset? Time(this SqliteDataReader row, int column) =>
        row.Long(column) is { } ticks && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;
}
