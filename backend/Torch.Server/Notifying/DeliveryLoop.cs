using System.Diagnostics;
using Torch.Domain;
using Torch.Domain.Notices;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Notifying.Sending;
using Torch.Server.Telemetry;

namespace Torch.Server.Notifying;

/// <summary>
/// Sends what the outbox holds, one message at a time on each channel, and writes what came of it into the log. Killed in between, it
/// sends the same message again, with the same id.
/// </summary>
internal sealed class DeliveryLoop(
    IEventLog log,
    Sender sender,
    MessageWriting writing,
    TimeProvider time,
    ILogger<DeliveryLoop> logger
)
{
    private const int MostAtOnce = 16;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AfterFault = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public async Task RunAsync(NoticeState state, CancellationToken cancellationToken)
    {
        var inFlight = new List<Task>();
        // On a clean stop, what is being sent is sent and noted.
        using var sending = new CancellationTokenSource();
        await using var stopping = cancellationToken.Register(() => sending.CancelAfter(Grace));
        try
        {
            while (true)
            {
                inFlight.RemoveAll(t => t.IsCompleted);
                foreach (var (pending, channel, rule) in state.Take(time.GetUtcNow(), MostAtOnce - inFlight.Count))
                    inFlight.Add(SendAsync(state, pending, channel, rule, sending.Token));
                await Task.WhenAny([.. inFlight, Task.Delay(Step, time, cancellationToken)]);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await Task.WhenAll(inFlight).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task SendAsync(
        NoticeState state,
        Pending pending,
        Channel channel,
        string? rule,
        CancellationToken cancellationToken
    )
    {
        using var span = TorchActivity.Source.StartActivity("send notice", ActivityKind.Client);
        span?.SetTag("torch.notice", pending.Notice.NoticeId).SetTag("torch.attempt", pending.Attempts + 1);
        try
        {
            var result = channel.IsOpen
                ? await sender.SendAsync(
                    channel,
                    writing.Write(pending.Notice, pending.ChannelId, rule),
                    cancellationToken
                )
                : new SendResult(SendOutcome.Refused, Closed(channel));
            var outcome = OutcomeOf(pending, result);
            await WriteAsync(pending, outcome, cancellationToken);
            state.Settle(pending.ChannelId, outcome);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A fault of ours: it must not stop the channel for good, nor fill the log.
            logger.LogError(exception, "Notice {Notice} could not be sent", pending.Notice.NoticeId);
            state.Settle(pending.ChannelId, [Later(pending, exception.Message)]);
        }
    }

    private NoticeAttemptFailed Later(Pending pending, string why) =>
        new(pending.Notice.NoticeId, pending.ChannelId, pending.Attempts + 1, why, time.GetUtcNow() + AfterFault);

    private static string Closed(Channel channel) =>
        !channel.Exists ? "The channel was deleted."
        : channel.DisabledBecause is { } reason ? $"The channel is out of use: {reason}"
        : "The channel is switched off.";

    private List<IEvent> OutcomeOf(Pending pending, SendResult result)
    {
        var (notice, channel, attempt) = (pending.Notice.NoticeId, pending.ChannelId, pending.Attempts + 1);
        if (result.Outcome == SendOutcome.Delivered)
            return [new NoticeDelivered(notice, channel, attempt, result.Detail)];
        var pause = result.Outcome == SendOutcome.Failed ? RetrySchedule.After(attempt) : null;
        var retryAt = time.GetUtcNow() + (result.RetryAfter > pause ? result.RetryAfter : pause);
        var failed = new NoticeAttemptFailed(notice, channel, attempt, result.Detail, retryAt);
        return result.Outcome == SendOutcome.Gone ? [failed, new ChannelDisabled(channel, result.Detail)] : [failed];
    }

    // What was sent must be noted, or it is sent again: it waits for the log as long as it takes.
    private async Task WriteAsync(Pending pending, List<IEvent> outcome, CancellationToken cancellationToken)
    {
        var request = new AppendRequest { Streams = [.. outcome.Select(e => Stream(pending, e))] };
        var pause = TimeSpan.FromMilliseconds(50);
        while (true)
        {
            try
            {
                await log.AppendAsync(request, CancellationToken.None);
                return;
            }
            catch (Exception exception) when (exception is LogUnavailableException or LogBusyException)
            {
                logger.LogDebug(exception, "What became of a notice waits for the log");
                await Task.Delay(pause, time, cancellationToken);
                pause = pause * 2 > Longest ? Longest : pause * 2;
            }
        }
    }

    private static StreamAppend Stream(Pending pending, IEvent @event)
    {
        var data = EventCodec.Encode(@event, Guid.CreateVersion7());
        return @event is ChannelDisabled
            ? new(Log.Journal, pending.ChannelId, [data], "channel")
            : new(Log.Journal, pending.Notice.NoticeId, [data], "notice");
    }
}
