using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Torch.Server.Http;

/// <summary>Where the next page of a list starts, as an opaque text.</summary>
internal static class Cursor
{
    public static string Write(long key) => Write(key.ToString(CultureInfo.InvariantCulture));

    public static string Write(string key, Guid id) => Write([key, id.ToString()]);

    public static string Write(params string[] keys) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(keys));

    /// <summary>The number to read before; the largest where there is no cursor.</summary>
    public static long ReadBefore(string? cursor)
    {
        if (Read(cursor, 1, "before") is not { } keys)
            return long.MaxValue;
        return long.TryParse(keys[0], CultureInfo.InvariantCulture, out var number) ? number : throw Foreign("before");
    }

    /// <summary>The name and id to read after; nulls where there is no cursor.</summary>
    public static (string? Name, Guid? Id) ReadNameAndId(string? cursor)
    {
        if (Read(cursor, 2, "after") is not { } keys)
            return (null, null);
        return Guid.TryParse(keys[1], out var id) ? (keys[0], id) : throw Foreign("after");
    }

    /// <summary>The keys that a cursor was written with; null where there is no cursor.</summary>
    public static string[]? Read(string? cursor, int keys, string parameter)
    {
        if (string.IsNullOrEmpty(cursor))
            return null;
        try
        {
            var read = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(cursor));
            if (read?.Length == keys && read.All(k => k is not null && !k.Contains('\0')))
                return read;
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException) { }
        throw Foreign(parameter);
    }

    private static FaultException Foreign(string parameter) =>
        new(Fault.Invalid(parameter, "is not a cursor that Torch gave"));
}

/// <summary>Page sizes.</summary>
internal static class Limit
{
    public const int Default = 100;
    public const int Most = 1_000;

    public static int Of(int? asked) =>
        asked switch
        {
            null => Default,
            < 1 => throw new FaultException(Fault.Invalid("limit", "must be at least 1")),
            { } n => Math.Min(n, Most),
        };
}
