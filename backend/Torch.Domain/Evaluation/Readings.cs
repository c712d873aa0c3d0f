using System.Globalization;
using Torch.Domain.Checks;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;
using Torch.Text;

namespace Torch.Domain.Evaluation;

/// <summary>What an observation says about a field.</summary>
internal static class Readings
{
    /// <summary>Null where the observation has no such number. Durations are milliseconds; an age is not the observation's own.</summary>
    public static double? Number(IEvent observation, Field field) =>
        field.Kind == FieldKind.Either ? Parsed(Text(observation, field))
        : observation is ReportReceived report ? Number(report, field)
        : observation is ProbeCompleted probe ? Number(probe, field)
        : null;

    /// <summary>Null where the observation has no such text.</summary>
    public static string? Text(IEvent observation, Field field) =>
        observation switch
        {
            ReportReceived report => field.Name switch
            {
                "outcome" => report.Status ?? StatusCatalog.Up,
                "message" => report.Message,
                "title" => report.Title,
                "source" => report.Source,
                _ => null,
            },
            ProbeCompleted probe => Text(probe, field),
            _ => null,
        };

    /// <summary>When it counts: results that were lost count as one that says nothing, at the moment of the first.</summary>
    public static DateTimeOffset At(IEvent observation) =>
        observation switch
        {
            ReportReceived report => report.At,
            ProbeCompleted probe => probe.At,
            _ => ((ResultsLost)observation).From,
        };

    /// <summary>The check's own verdict. A status that nobody knows is <c>unknown</c>.</summary>
    public static Status Verdict(IEvent observation, StatusCatalog statuses)
    {
        var name = observation is ReportReceived report
            ? report.Status ?? StatusCatalog.Up
            : ((ProbeCompleted)observation).Outcome;
        return statuses.Find(name) ?? statuses.Find(StatusCatalog.Unknown)!;
    }

    private static double? Number(ReportReceived report, Field field) =>
        field.Name switch
        {
            "value" => report.Value,
            "metrics" => Found(report.Metrics, field.Key!),
            "exitCode" => Found(report.Metrics, "exitCode"),
            _ => null,
        };

    private static double? Number(ProbeCompleted probe, Field field) =>
        field.Name switch
        {
            "statusCode" => probe.StatusCode,
            "latency.total" => probe.Latency.Total,
            "latency.resolve" => probe.Latency.Resolve,
            "latency.connect" => probe.Latency.Connect,
            "latency.tls" => probe.Latency.Tls,
            "latency.firstByte" => probe.Latency.FirstByte,
            "latency.transfer" => probe.Latency.Transfer,
            "cert.daysLeft" => probe.Certificate?.DaysLeft,
            "bodyBytes" => probe.BodyBytes,
            "tcp.connect" => Found(probe.Measures, field.Name) ?? probe.Latency.Connect,
            _ => Found(probe.Measures, field.Key ?? field.Name),
        };

    private static string? Text(ProbeCompleted probe, Field field) =>
        field.Name switch
        {
            "outcome" => probe.Outcome,
            "cause" => probe.Cause,
            "message" => probe.Message,
            "body" => probe.Text,
            "httpVersion" => probe.HttpVersion,
            "address" => probe.Address,
            "agent" => probe.Agent,
            "cert.subject" => probe.Certificate?.Subject,
            "cert.issuer" => probe.Certificate?.Issuer,
            "header" => Header(probe, field.Key!),
            "json" => probe.Text is { } body ? JsonPath.Read(field.Key!)?.ValueIn(body) : null,
            _ => probe.Texts?.GetValueOrDefault(field.Name),
        };

    // Names of headers do not tell small letters from capitals (RFC 9110, 5.1).
    private static string? Header(ProbeCompleted probe, string name)
    {
        foreach (var (key, value) in probe.Headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
                return value;
        return null;
    }

    private static double? Found(IReadOnlyDictionary<string, double>? numbers, string key) =>
        numbers is not null && numbers.TryGetValue(key, out var value) ? value : null;

    private static double? Parsed(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;
}
