using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Telemetry;

namespace Torch.Server.Features;

/// <summary>Takes validated reports to the log and answers once they are durable.</summary>
internal sealed class Ingest(IEventLog log, Appended appended, IngestCounter counter)
{
    /// <summary>Appends all of them, or none.</summary>
    /// <param name="reports">In the order in which they count.</param>
    /// <param name="key">With the answer's bytes; a repeat is answered by <see cref="AppendOutcome.Repeated"/>.</param>
    /// <remarks>A caller who hangs up does not call its reports back: what has been read is stored.</remarks>
    public async Task<AppendOutcome> AppendAsync(IReadOnlyList<IncomingReport> reports, IdempotencyKey? key)
    {
        var streams = new StreamAppend[reports.Count];
        for (var i = 0; i < streams.Length; i++)
            streams[i] = Stream(reports[i]);
        using var span = TorchActivity.Source.StartActivity("append reports");
        span?.SetTag("torch.reports", reports.Count);
        var request = new AppendRequest { Streams = streams, Key = key };
        var outcome = await log.AppendAsync(request, CancellationToken.None);
        if (outcome is AppendOutcome.Appended done)
        {
            appended.Note(done.Position);
            counter.Add(reports.Count);
        }
        return outcome;
    }

    /// <summary>Takes what another system's script pushed.</summary>
    public Task PushAsync(params IReadOnlyList<ReportRequest> reports) =>
        AppendAsync([.. reports.Select(r => new IncomingReport(Guid.CreateVersion7(), r))], null);

    /// <summary>Appends what a script said beside its reports.</summary>
    public async Task NoteAsync(Guid checkId, IEvent said)
    {
        var stream = new StreamAppend(
            Log.Telemetry,
            checkId,
            [EventCodec.Encode(said, Guid.CreateVersion7())],
            "check"
        );
        if (
            await log.AppendAsync(new AppendRequest { Streams = [stream] }, CancellationToken.None)
            is AppendOutcome.Appended done
        )
            appended.Note(done.Position);
    }

    private static StreamAppend Stream(IncomingReport incoming)
    {
        var report = incoming.Report;
        var checkId = CheckIds.OfSource(report.Source);
        var @event = new ReportReceived(
            checkId,
            report.Source,
            report.At ?? default,
            Positive(report.Value),
            report.Status,
            report.Message,
            report.Title,
            report.Metrics?.ToDictionary(m => m.Key, m => Positive(m.Value)!.Value, StringComparer.Ordinal),
            incoming.Parent
        );
        return new StreamAppend(Log.Telemetry, checkId, [EventCodec.Encode(@event, incoming.EventId)], "check");
    }

    // PostgreSQL's numbers know no negative zero: what is folded at once must be what will be read.
    private static double? Positive(double? value) => value is 0 ? 0 : value;
}

/// <summary>A report on its way to the log.</summary>
/// <param name="Parent">Torch v1's field.</param>
internal sealed record IncomingReport(Guid EventId, ReportRequest Report, string? Parent = null);
