namespace Torch.Server.Configuring;

/// <summary>
/// For what is costly to make and what several may ask for at once: it is made once at a time, and those who ask meanwhile share the next
/// one, which begins after all of them have asked and so knows whatever they know.
/// </summary>
internal sealed class SharedRuns<T>(Func<Task<T>> make)
{
    private readonly Lock _lock = new();
    private Task _turn = Task.CompletedTask;
    private Task<T>? _next;

    /// <summary>One that begins from now on. It goes on for the others when one of them leaves.</summary>
    public Task<T> AskAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_next is null)
            {
                var done = new TaskCompletionSource();
                (_next, _turn) = (RunAsync(_turn, done), done.Task);
            }
            return _next.WaitAsync(cancellationToken);
        }
    }

    // Elsewhere, so that it is known as the next one before it begins.
    private async Task<T> RunAsync(Task before, TaskCompletionSource done)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            lock (_lock)
                _next = null;
            return await make();
        }
        finally
        {
            done.SetResult();
        }
    }
}
