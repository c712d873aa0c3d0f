using System.Security.Cryptography;
using Torch.Contracts;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Agents;

/// <summary>Takes probes' results to the log. Each has a key of its own, so that a repeat in another batch is still a repeat.</summary>
internal sealed class ProbeIngest(IEventLog log, ILogger<ProbeIngest> logger)
{
    private const string Scope = "probe/completed";

    /// <summary>Returns when all are durable, in the order given.</summary>
    public Task AppendAsync(IReadOnlyList<ProbeCompleted> results, CancellationToken cancellationToken) =>
        Task.WhenAll(results.Select(r => AppendAsync(r, cancellationToken)));

    private async Task AppendAsync(ProbeCompleted result, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await log.AppendAsync(Request(result), cancellationToken);
            if (outcome is AppendOutcome.KeyReused)
                logger.LogWarning("Result {Id} came again with other content; the first is kept", result.Id);
        }
        catch (AppendRejectedException exception)
        {
            // The agent would bring it for ever; the others behind it must get through.
            logger.LogError(exception, "Result {Id} of check {Check} cannot be stored", result.Id, result.CheckId);
        }
    }

    private static AppendRequest Request(ProbeCompleted result)
    {
        var data = EventCodec.Encode(ProbeMapping.Event(result), result.Id);
        return new AppendRequest
        {
            Streams = [new StreamAppend(Log.Telemetry, result.CheckId, [data], "check")],
            Key = new IdempotencyKey(
                Scope,
                result.Id.ToString("N"),
                SHA256.HashData(data.Data.Span),
                ReadOnlyMemory<byte>.Empty
            ),
        };
    }
}
