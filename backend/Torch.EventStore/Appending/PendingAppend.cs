using System.Diagnostics;

namespace Torch.EventStore.Appending;

/// <summary>A request that waits for its commit.</summary>
internal sealed class PendingAppend(AppendRequest request)
{
    private readonly TaskCompletionSource<AppendOutcome> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>When it came, by the clock of <see cref="Stopwatch"/>.</summary>
    public long Since { get; } = Stopwatch.GetTimestamp();

    public AppendRequest Request { get; } = request;

    public int EventCount { get; } = request.Streams.Sum(s => s.Events.Count);

    public long Bytes { get; } = request.Streams.Sum(s => s.Events.Sum(e => (long)e.Data.Length));

    /// <summary>Set when its caller gave up while it still waited.</summary>
    public bool IsAbandoned => _answer.Task.IsCompleted;

    public Task<AppendOutcome> Answer => _answer.Task;

    public void Complete(AppendOutcome outcome) => _answer.TrySetResult(outcome);

    public void Fail(Exception exception) => _answer.TrySetException(exception);

    public void Abandon(CancellationToken cancellationToken) => _answer.TrySetCanceled(cancellationToken);
}
