using System.Globalization;
using System.Text;
using Torch.EventStore.Measuring;

namespace Torch.Cli.Log;

/// <summary>What the log is made of, for people. A <c>~</c> says that a number comes from PostgreSQL's statistics.</summary>
internal static class StatsText
{
    public static string Lines(LogStats stats)
    {
        var text = new StringBuilder();
        Add(text, $"head {stats.Head:N0}; database {Bytes(stats.DatabaseBytes)}, WAL {Bytes(stats.WalBytes)}");
        foreach (var log in stats.Logs)
            Add(
                text,
                $"{Name(log.Log), -10} {About(log.Events, log.IsCounted)} events, {Bytes(log.Bytes)}, {log.BytesPerEvent:0.0} bytes per event with indexes; streams {Bytes(log.StreamBytes)}"
            );
        Add(text, $"rates      {string.Join(", ", stats.Rates.Select(Of))}");
        Add(
            text,
            $"chain      through {stats.Chain.Through}, signed through {stats.Chain.SignedThrough} ({stats.Chain.Signatures:N0} signatures)"
        );
        Add(text, $"partitions");
        foreach (var partition in stats.Partitions)
            Add(text, $"  {Of(partition)}");
        Add(text, $"checkpoints");
        foreach (var checkpoint in stats.Checkpoints)
            Add(
                text,
                $"  {checkpoint.Name, -28} {checkpoint.Position}, {checkpoint.Behind:N0} behind ({checkpoint.BehindTime.TotalSeconds:0.0} s)"
            );
        Add(text, $"types, of the newest {stats.TypesWindow:N0} positions");
        foreach (var type in stats.Types)
            Add(
                text,
                $"  {type.Type, -28} {type.Events:N0} in the {Name(type.Log)}, {type.DataBytes / Math.Max(1, type.Events)} bytes of data each"
            );
        return text.ToString().TrimEnd();
    }

    private static void Add(StringBuilder text, FormattableString line) =>
        text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

    private static string Name(EventStore.Log log) => log == EventStore.Log.Journal ? "journal" : "telemetry";

    private static string Of(Rate rate)
    {
        var over =
            rate.Over.TotalHours >= 24 ? "day"
            : rate.Over.TotalMinutes >= 60 ? "hour"
            : "minute";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{rate.Positions:N0} in the last {over} ({rate.PerSecond:0.##}/s)"
        );
    }

    private static string Of(PartitionSize partition) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{partition.Name, -22} [{partition.From}, {partition.To}) {About(partition.Events, partition.IsCounted)} events, {Bytes(partition.Bytes)}{Times(partition)}"
        );

    private static string Times(PartitionSize partition) =>
        partition is { FirstAt: { } first, LastAt: { } last }
            ? string.Create(
                CultureInfo.InvariantCulture,
                $", {first:yyyy-MM-dd HH:mm:ss}Z to {last:yyyy-MM-dd HH:mm:ss}Z"
            )
            : "";

    private static string About(long count, bool isCounted) =>
        (isCounted ? "" : "~") + count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(long? bytes) =>
        bytes switch
        {
            null => "unknown",
            < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
            < 1024L * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.00} GiB"),
        };
}
