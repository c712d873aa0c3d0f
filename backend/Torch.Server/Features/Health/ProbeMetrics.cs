using Npgsql;
using Torch.Domain.Checks;
using Torch.Server.Events;

namespace Torch.Server.Features.Health;

/// <summary>The last result of every probe, by the names that dashboards of blackbox_exporter know. One series per check: their number is bounded.</summary>
internal sealed class ProbeMetrics(NpgsqlDataSource db)
{
    /// <summary>Checks beyond it, by name, are left out, and counted.</summary>
    public const int MostChecks = 5_000;

    private const string Query = """
        select c.id, c.name, c.kind, l.data from torch.checks c join torch.latest_observations l on l.check_id = c.id
        where l.type = 'probe_completed' and c.enabled order by c.name, c.id limit $1
        """;

    public async Task AddAsync(MetricText text, CancellationToken cancellationToken)
    {
        var probes = await db.QueryAsync(
            Query,
            [MostChecks + 1],
            r => new Probe(r.GetGuid(0), r.GetString(1), r.GetString(2), Read(r.GetFieldValue<byte[]>(3))),
            cancellationToken
        );
        var shown = probes.Take(MostChecks).ToList();
        text.Family("torch_probes_left_out", "gauge", "1 where there are more checks than one scrape tells.")
            .Line("torch_probes_left_out", probes.Count > MostChecks ? 1 : 0);
        Each(text, shown, "probe_success", "Whether the last probe succeeded.", p => p.Outcome == "up" ? 1 : 0);
        Each(text, shown, "probe_duration_seconds", "How long the last probe took.", p => Seconds(p.Latency.Total));
        Phases(text, shown);
        Each(text, shown, "probe_http_status_code", "The status of the last answer.", p => p.StatusCode);
        Each(
            text,
            shown,
            "probe_ssl_earliest_cert_expiry",
            "When the certificate expires, in Unix time.",
            p => p.Certificate?.NotAfter.ToUnixTimeSeconds()
        );
    }

    private sealed record Probe(Guid Id, string Name, string Kind, ProbeCompleted? Result);

    private static ProbeCompleted? Read(byte[] data) =>
        EventCodec.Decode(EventCodec.AliasOf<ProbeCompleted>(), data) as ProbeCompleted;

    private static void Each(
        MetricText text,
        List<Probe> probes,
        string name,
        string help,
        Func<ProbeCompleted, double?> value
    )
    {
        text.Family(name, "gauge", help);
        foreach (var probe in probes)
            if (probe.Result is { } result && value(result) is { } number)
                text.Line(name, number, ("check", probe.Name), ("kind", probe.Kind), ("id", probe.Id.ToString()));
    }

    private static void Phases(MetricText text, List<Probe> probes)
    {
        const string name = "probe_http_duration_seconds";
        text.Family(name, "gauge", "How long each phase of the last HTTP probe took.");
        foreach (var probe in probes.Where(p => p is { Kind: "http", Result: not null }))
        foreach (var (phase, milliseconds) in Of(probe.Result!.Latency))
            text.Line(
                name,
                Seconds(milliseconds ?? 0),
                ("check", probe.Name),
                ("kind", probe.Kind),
                ("id", probe.Id.ToString()),
                ("phase", phase)
            );
    }

    private static IEnumerable<(string Phase, double? Milliseconds)> Of(Latency latency) =>
        [
            ("resolve", latency.Resolve),
            ("connect", latency.Connect),
            ("tls", latency.Tls),
            ("processing", latency.FirstByte),
            ("transfer", latency.Transfer),
        ];

    private static double Seconds(double milliseconds) => Math.Round(milliseconds / 1_000, 6);
}
