using System.Globalization;

namespace Torch.EventStore.Embedded;

/// <summary>The server's settings. Given on its command line, so that the folder holds data and no configuration of ours.</summary>
internal static class PostgresSettings
{
    private const long Mebibyte = 1024 * 1024;

    // What is read of a long history (the newest change of ten thousand nodes before a moment) is scattered over it. Taken page by page,
    // as they are used.
    private static long SharedMebibytes =>
        Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 16 / Mebibyte, 128, 1_024);

    public static IEnumerable<KeyValuePair<string, string>> For(
        EmbeddedPostgresOptions options,
        PostgresAddress address
    )
    {
        yield return new("listen_addresses", address.IsSocket ? "" : address.Host);
        yield return new("unix_socket_directories", address.IsSocket ? address.Host : "");
        yield return new("port", address.Port.ToString(CultureInfo.InvariantCulture));
        yield return new("max_connections", options.MaxConnections.ToString(CultureInfo.InvariantCulture));
        yield return new("shared_buffers", string.Create(CultureInfo.InvariantCulture, $"{SharedMebibytes}MB"));
        yield return new("max_wal_size", "1GB");
        // A large commit has most of its log on disk before it ends.
        yield return new("wal_writer_delay", "20ms");
        yield return new("timezone", "UTC");
        yield return new("log_timezone", "UTC");
        yield return new("log_line_prefix", "%m [%p] ");
        if (options.Durable)
            yield break;
        yield return new("fsync", "off");
        // Commits still wait for their WAL to reach the kernel: a killed server loses nothing, in tests either.
        yield return new("full_page_writes", "off");
    }
}
