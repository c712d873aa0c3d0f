namespace Torch.Testing;

/// <summary>Waits for a condition, with a limit. Fails when the limit passes.</summary>
public static class Eventually
{
    /// <summary>Asks again until it counts something.</summary>
    public static Task IsTrueAsync(Func<Task<long>> count, TimeSpan? limit = null) =>
        IsTrueAsync(async () => await count() > 0, limit);

    /// <summary>Asks every 20 ms until the answer is yes; <paramref name="limit"/> is 30 s unless given.</summary>
    public static async Task IsTrueAsync(Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        using var timeout = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            if (timeout.IsCancellationRequested)
                throw new TimeoutException("The condition did not come true in time");
            await Task.Delay(20);
        }
    }

    /// <summary>As above, for conditions in memory.</summary>
    public static Task IsTrueAsync(Func<bool> condition, TimeSpan? limit = null) =>
        IsTrueAsync(() => Task.FromResult(condition()), limit);
}
