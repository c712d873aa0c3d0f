using System.Text;
using Npgsql;
using Torch.Server.Auth;
using Torch.Server.SystemLogs;

namespace Torch.Server.Features.Health;

internal static class GetMetrics
{
    private const string Counts = """
        select (select count(*) from torch.incidents where ended_at is null),
            (select count(*) from torch.notice_deliveries where state = 'waiting')
        """;

    /// <summary>Torch's own figures in Prometheus' text format; for who may read, the last result of every probe too.</summary>
    /// <remarks>With <c>Accept: application/openmetrics-text</c> it is OpenMetrics.</remarks>
    public static async Task<IResult> Handle(
        HttpContext http,
        IngestCounter reports,
        SystemReading system,
        ProbeMetrics probes,
        LogCapture logs,
        NpgsqlDataSource db,
        CancellationToken cancellationToken
    )
    {
        var facts = await system.ReadAsync(cancellationToken);
        var isOpen = http.Request.Headers.Accept.ToString().Contains("openmetrics-text", StringComparison.Ordinal);
        var text = new MetricText(isOpen)
            .Family("torch_reports_accepted_total", "counter", "Reports made durable since the start.")
            .Line("torch_reports_accepted_total", reports.Count)
            .Family("torch_log_position", "gauge", "The highest committed position of the log.")
            .Line("torch_log_position", facts.Head)
            .Family("torch_projection_lag_events", "gauge", "Positions between the log's head and a checkpoint.");
        foreach (var (name, position) in facts.Checkpoints)
            text.Line("torch_projection_lag_events", Math.Max(0, facts.Head - position), ("projection", name));
        text.Family("torch_agents", "gauge", "Live agents.").Line("torch_agents", facts.Agents.Count);
        var (incidents, waiting) = (
            await db.QueryAsync(Counts, [], r => (r.GetInt64(0), r.GetInt64(1)), cancellationToken)
        )[0];
        text.Family("torch_incidents_open", "gauge", "Incidents that go on.").Line("torch_incidents_open", incidents);
        text.Family("torch_notices_waiting", "gauge", "Messages that no receiver has taken yet.")
            .Line("torch_notices_waiting", waiting);
        AddLogs(text, logs);
        // Names of checks are nobody's business who may not read them all.
        if (http.ReadsAll())
            await probes.AddAsync(text, cancellationToken);
        return Results.Text(text.Ended(), text.MediaType, Encoding.UTF8);
    }

    private static void AddLogs(MetricText text, LogCapture logs)
    {
        text.Family("torch_log_lines_total", "counter", "Lines logged since the start.");
        foreach (var ((level, component), count) in logs.Counts.OrderBy(c => c.Key.Component).ThenBy(c => c.Key.Level))
            text.Line(
                "torch_log_lines_total",
                count,
                ("level", level.ToString().ToLowerInvariant()),
                ("component", component)
            );
        text.Family("torch_log_lines_dropped_total", "counter", "Lines that could not be stored.")
            .Line("torch_log_lines_dropped_total", logs.Dropped);
    }
}
