using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Evaluation;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Features.Nodes.Rules;

/// <summary>A check's last observations from the log, for drafts that look back further than the rules in force do.</summary>
internal sealed class RecentObservations(IEventLog log, TimeProvider time)
{
    // As many as a rule can remember, and some that are inconclusive.
    private const int MostRead = 10_000;

    /// <param name="asked">How much of the past.</param>
    public async Task<IReadOnlyList<IEvent>> OfAsync(Guid checkId, LookBack asked, CancellationToken ct)
    {
        var (found, read, since) = (new List<IEvent>(), 0, time.GetUtcNow() - asked.Over);
        var newestFirst = new StreamRead(Log.Telemetry, checkId, Backwards: true);
        await foreach (var recorded in log.ReadStreamAsync(newestFirst, ct))
        {
            if ((found.Count >= asked.Last && recorded.Timestamp < since) || read++ == MostRead)
                break;
            if (EventCodec.TryDecode(recorded, out _) is ReportReceived or ProbeCompleted { Outcome: "up" or "down" })
                found.Add(EventCodec.Decode(recorded)!);
        }
        found.Reverse();
        return found;
    }
}
