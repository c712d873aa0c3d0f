using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Http;
using CheckKind = Torch.Domain.Checks.CheckKind;

namespace Torch.Server.Features.Pushes;

/// <summary>Alertmanager's webhook, version 4: each alert is a source of its own.</summary>
internal static class PushAlertmanager
{
    /// <summary>An alert is told when it changes and every few hours: that it is silent means nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(365);

    private static readonly string[] Unnamed = ["alertname", "severity"];

    /// <summary>Take Alertmanager's alerts.</summary>
    /// <remarks>
    /// The bearer is the token of a push key with a prefix. An alert is the source <c>prefix alertname/fingerprint</c>: firing it is <c>critical</c>, with the severity
    /// <c>warning</c> or <c>info</c> it is <c>degraded</c>, with <c>none</c> it is <c>up</c>; resolved it is <c>up</c>.
    /// </remarks>
    /// <response code="202">Durable.</response>
    public static async Task<IResult> Handle(
        HttpContext http,
        PushKeys keys,
        Ingest ingest,
        JournalStreams streams,
        IEventLog log
    )
    {
        if (await keys.FindAsync(PushBearer.Of(http), http) is not { Prefix: { } prefix })
            return new Fault(401, "unauthorized", "The bearer must be the token of a push key with a prefix.").Answer();
        var bytes = await http.ReadBytesAsync(BodyLimits.Bytes);
        var webhook = RequestBody.Parse<AlertmanagerWebhook>(bytes, ApiJson.LenientInput);
        var reports = webhook.Alerts.Select((alert, i) => Report(prefix, alert, i)).ToList();
        foreach (var report in reports)
            await ExpectAsync(report, streams, log, http.RequestAborted);
        await ingest.PushAsync([.. reports]);
        return Results.Accepted();
    }

    private static ReportRequest Report(string prefix, AlertmanagerAlert alert, int index)
    {
        var name = alert.Labels.GetValueOrDefault("alertname") ?? "alert";
        var source = $"{prefix}{name}/{alert.Fingerprint}";
        if (source.Length > BodyLimits.NameCharacters || source.Any(char.IsControl) || alert.Fingerprint.Length == 0)
            throw new FaultException(Fault.Invalid($"/alerts/{index}", "its name and fingerprint make no source"));
        var about = string.Join(' ', alert.Labels.Where(l => !Unnamed.Contains(l.Key)).Select(l => l.Value));
        var title = PushText.Clean($"{name} {about}".Trim())!;
        return new ReportRequest(
            source,
            Status: Status(alert),
            Message: PushText.Clean(Text(alert)),
            Title: title.Length <= BodyLimits.NameCharacters ? title : title[..BodyLimits.NameCharacters]
        );
    }

    private static string Status(AlertmanagerAlert alert) =>
        (alert.Status, alert.Labels.GetValueOrDefault("severity")?.ToLowerInvariant()) switch
        {
            ("resolved", _) or (_, "none") => "up",
            (_, "warning" or "info") => "degraded",
            _ => "critical",
        };

    private static string Text(AlertmanagerAlert alert) =>
        alert.Annotations?.GetValueOrDefault("summary")
        ?? alert.Annotations?.GetValueOrDefault("description")
        ?? alert.Annotations?.GetValueOrDefault("message")
        ?? alert.Status;

    // Another server may create it at the same moment: then it is there.
    private static async Task ExpectAsync(
        ReportRequest report,
        JournalStreams streams,
        IEventLog log,
        CancellationToken ct
    )
    {
        var id = CheckIds.OfSource(report.Source);
        var (check, version) = await streams.CheckAsync(id, ct);
        if (check.Exists)
            return;
        var settings = new CheckSettings(report.Title!, CheckKind.Report, Staleness: Patience, Source: report.Source);
        var append = JournalStreams.OfCheck(id, Check.Create(check, id, settings).EventsOrRefuse(), version, new());
        await log.AppendAsync(new AppendRequest { Streams = [append] }, ct);
    }
}
