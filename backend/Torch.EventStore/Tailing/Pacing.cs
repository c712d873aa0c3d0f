namespace Torch.EventStore.Tailing;

/// <summary>
/// Lets a follower of a busy log take more at one time: after each page it rests, unless something urgent has come or somebody waits.
/// Reports that come one by one would otherwise cost a transaction each.
/// </summary>
internal sealed class Pacing(TimeProvider time, TimeSpan rest)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _hurry = NewSignal();

    /// <summary>Ends the rest that goes on, and the next one where none does.</summary>
    public void Hurry()
    {
        lock (_lock)
            _hurry.TrySetResult();
    }

    /// <summary>Rests, at most until the given task completes.</summary>
    public async Task RestAsync(Task urgent, CancellationToken cancellationToken)
    {
        Task hurry;
        lock (_lock)
            hurry = _hurry.Task;
        if (!hurry.IsCompleted && !urgent.IsCompleted)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(hurry, urgent, Task.Delay(rest, time, limit.Token));
            await limit.CancelAsync();
        }
        lock (_lock)
            if (_hurry.Task.IsCompleted)
                _hurry = NewSignal();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
