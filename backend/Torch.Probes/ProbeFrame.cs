using Torch.Contracts;
using Torch.Probes.Net;

namespace Torch.Probes;

/// <summary>What every probe runs within: its timeout, and the way from whatever ends it to a result.</summary>
internal static class ProbeFrame
{
    // Who ends so much too late was held up here: nothing was sent or read meanwhile, whatever the target did.
    private static readonly TimeSpan Stalled = TimeSpan.FromMilliseconds(500);

    /// <param name="probe">Returns where the target is as expected, throws a <see cref="ProbeFault"/> or lets any other exception pass where not.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<ProbeCompleted> RunAsync(
        RunProbe run,
        ProbeContext context,
        Func<ProbeRecording, CancellationToken, Task> probe,
        CancellationToken cancellationToken
    )
    {
        var recording = new ProbeRecording(run, context);
        using var timeout = new CancellationTokenSource(run.Timeout, context.Time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var mark = recording.Mark();
        try
        {
            await probe(recording, over.Token);
            return recording.Up();
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception) when (context.Time.GetElapsedTime(mark) - run.Timeout is var overrun && overrun > Stalled)
        {
            return recording.Failed(Busy(overrun));
        }
        catch (Exception fault) when (timeout.IsCancellationRequested && fault is not ProbeFault)
        {
            return recording.Failed(Faults.OfTimeout(run.Timeout, recording));
        }
        catch (Exception fault)
        {
            return recording.Failed(Faults.Of(fault));
        }
    }

    private static ProbeFault Busy(TimeSpan overrun) =>
        ProbeFault.Local($"The agent was held up and noticed its timeout {overrun.TotalSeconds:0.0} s late.");
}
