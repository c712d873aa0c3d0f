using Torch.Domain.Checks;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>What an observation says about a field.</summary>
internal static class Readings
{
    /// <summary>Null where the observation has no such number. Durations are milliseconds; an age is not the observation's own.</summary>
    public static double? Number(IEvent observation, Field field) =>
        observation switch
        {
            ReportReceived report => field.Name switch
            {
                "value" => report.Value,
                "metrics" => Metric(report, field.Key!),
                "exitCode" => Metric(report, "exitCode"),
                _ => null,
            },
            ProbeCompleted probe => field.Name switch
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
                _ => null,
            },
            _ => null,
        };

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
            ProbeCompleted probe => field.Name switch
            {
                "outcome" => probe.Outcome,
                "cause" => probe.Cause,
                "message" => probe.Message,
                "body" => probe.Text,
                "httpVersion" => probe.HttpVersion,
                "address" => probe.Address,
                "agent" => probe.Agent,
                _ => null,
            },
            _ => null,
        };

    public static DateTimeOffset At(IEvent observation) =>
        observation is ReportReceived report ? report.At : ((ProbeCompleted)observation).At;

    /// <summary>The check's own verdict. A status that nobody knows is <c>unknown</c>.</summary>
    public static Status Verdict(IEvent observation, StatusCatalog statuses)
    {
        var name = observation is ReportReceived report
            ? report.Status ?? StatusCatalog.Up
            : ((ProbeCompleted)observation).Outcome;
        return statuses.Find(name) ?? statuses.Find(StatusCatalog.Unknown)!;
    }

    private static double? Metric(ReportReceived report, string key) =>
        report.Metrics is { } metrics && metrics.TryGetValue(key, out var value) ? value : null;
}
