namespace Torch.Server.Tests;

/// <summary>A clock that runs faster than the machine's, and its timers with it: what takes the server minutes takes a test seconds.</summary>
/// <param name="factor">How many of its seconds pass in one.</param>
internal sealed class FastTime(int factor) : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _origin = System.GetTimestamp();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => _origin + ((System.GetTimestamp() - _origin) * factor);

    public override DateTimeOffset GetUtcNow() => _start + (System.GetElapsedTime(_origin) * factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(this, System.CreateTimer(callback, state, Shortened(dueTime), Shortened(period)));

    private TimeSpan Shortened(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / factor;

    private sealed class FastTimer(FastTime time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) =>
            timer.Change(time.Shortened(dueTime), time.Shortened(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
