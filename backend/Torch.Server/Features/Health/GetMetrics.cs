using System.Globalization;
using System.Text;

namespace Torch.Server.Features.Health;

internal static class GetMetrics
{
    /// <summary>Torch's own figures in Prometheus' text format.</summary>
    public static async Task<IResult> Handle(
        IngestCounter reports,
        SystemReading system,
        CancellationToken cancellationToken
    )
    {
        var facts = await system.ReadAsync(cancellationToken);
        var text = new StringBuilder();
        Metric(text, "torch_reports_accepted_total", "counter", "Reports made durable since the start.");
        Line(text, "torch_reports_accepted_total", reports.Count);
        Metric(text, "torch_log_position", "gauge", "The highest committed position of the log.");
        Line(text, "torch_log_position", facts.Head);
        Metric(text, "torch_projection_lag_events", "gauge", "Positions between the log's head and a checkpoint.");
        foreach (var (name, position) in facts.Checkpoints)
            Line(text, $"torch_projection_lag_events{{projection=\"{name}\"}}", Math.Max(0, facts.Head - position));
        Metric(text, "torch_agents", "gauge", "Live agents.");
        Line(text, "torch_agents", facts.Agents.Count);
        return Results.Text(text.ToString(), "text/plain; version=0.0.4", Encoding.UTF8);
    }

    private static void Metric(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static void Line(StringBuilder text, string series, long value) =>
        text.Append(CultureInfo.InvariantCulture, $"{series} {value}\n");
}
