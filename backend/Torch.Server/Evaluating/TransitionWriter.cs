using Torch.Domain;
using Torch.Domain.Maintenance;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Evaluating;

/// <summary>Another server has moved the evaluator's checkpoint: this one's state is not what the log says.</summary>
internal sealed class StandDownException(long expected, long actual)
    : Exception($"The evaluator's checkpoint stands at {actual}, not at {expected}");

/// <summary>
/// Writes what the evaluator found together with its checkpoint, all or nothing. While the database is away it tries the same again,
/// for the evaluator's state is ahead of the log until it succeeds.
/// </summary>
internal sealed class TransitionWriter(EventLog log, TimeProvider time, ILogger<TransitionWriter> logger)
{
    public const string Projection = "Evaluator:All";

    private const int Many = 1_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>The request that moves the checkpoint and appends what was found, each in its node's status stream and with its cause.</summary>
    public static AppendRequest Request(IReadOnlyList<Found> found, long from, long to) =>
        new() { Streams = Streams(found), Checkpoint = new CheckpointMove(Projection, from, to) };

    // A large fault flips thousands of nodes at once, and nobody sees any of it before all of it is written.
    private static StreamAppend[] Streams(IReadOnlyList<Found> found) =>
        found.Count < Many ? [.. found.Select(Stream)] : [.. found.AsParallel().AsOrdered().Select(Stream)];

    /// <summary>Returns the position of the last transition, 0 where there was none.</summary>
    /// <exception cref="StandDownException">Another server has moved the checkpoint.</exception>
    public async Task<long> WriteAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromMilliseconds(50);
        while (true)
        {
            try
            {
                return await TryAsync(request, cancellationToken);
            }
            catch (Exception exception) when (exception is LogUnavailableException or LogBusyException)
            {
                logger.LogDebug(exception, "Transitions wait for the log");
                await Task.Delay(pause, time, cancellationToken);
                pause = pause * 2 > Longest ? Longest : pause * 2;
            }
            catch (AppendRejectedException exception)
            {
                // No text gets into the log that PostgreSQL refuses, so this is a fault of ours; the trees must go on all the same.
                logger.LogError(exception, "{Count} transitions could not be stored", request.Streams.Count);
                request = request with { Streams = [] };
            }
        }
    }

    private async Task<long> TryAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        var move = request.Checkpoint!;
        return await log.AppendAsync(request, cancellationToken) switch
        {
            AppendOutcome.Appended done => request.Streams.Count > 0 ? done.Position : 0,
            // It had gone through before its answer was lost: the head covers what it wrote.
            AppendOutcome.CheckpointMoved moved when moved.Actual == move.To => await log.HeadAsync(cancellationToken),
            AppendOutcome.CheckpointMoved moved => throw new StandDownException(move.From, moved.Actual),
            var other => throw new InvalidOperationException($"The log answered {other}"),
        };
    }

    private static StreamAppend Stream(Found found)
    {
        var metadata = new EventMetadata(found.Cause.Metadata?.CorrelationId, found.Cause.Id.ToString());
        var data = EventCodec.Encode(found.Event, Guid.CreateVersion7(), metadata);
        return new StreamAppend(
            Log.Journal,
            StreamIds.StatusOf(found.SubjectId),
            [data],
            found.Event is MaintenanceBegan ? "maintenance_status" : "node_status"
        );
    }
}
