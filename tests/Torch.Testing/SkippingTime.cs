namespace Torch.Testing;

/// <summary>A clock of which a test skips spans.</summary>
public sealed class SkippingTime : TimeProvider
{
    private long _skipped;

    /// <summary>From now on it is so much later.</summary>
    public void Skip(TimeSpan span) => Interlocked.Add(ref _skipped, (long)(span.TotalSeconds * TimestampFrequency));

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _skipped);
}
