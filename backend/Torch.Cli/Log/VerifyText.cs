using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Torch.EventStore.Verifying;

namespace Torch.Cli.Log;

/// <summary>What a verification found, for people and for scripts.</summary>
internal static class VerifyText
{
    /// <summary>How these commands print JSON.</summary>
    public static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Lines(VerifyReport report)
    {
        var text = new StringBuilder();
        foreach (var finding in report.Findings)
            text.AppendLine(finding.ToString());
        if (report.TotalFindings > report.Findings.Count)
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"and {report.TotalFindings - report.Findings.Count:N0} more findings of the same kinds"
            );
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{report.Events:N0} events ({report.JournalEvents:N0} journal, {report.TelemetryEvents:N0} telemetry) in {report.Streams:N0} streams and {report.Partitions} partitions, read to position {report.Through} at {report.EventsPerSecond:N0} events/s"
        );
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"journal: {report.Chained:N0} chained, {report.Unchained:N0} not yet; {report.Signatures:N0} signatures, signed through position {report.SignedThrough}"
        );
        text.Append(report.IsSound ? "The log is sound." : $"The log is broken: {report.TotalFindings} findings.");
        return text.ToString();
    }

    public static string Json(VerifyReport report) => JsonSerializer.Serialize(report, Format);
}
