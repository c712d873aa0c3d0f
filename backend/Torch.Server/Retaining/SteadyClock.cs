namespace Torch.Server.Retaining;

/// <summary>
/// Tells a wall clock that was set from one that went on. Events that are written while it stands wrong get wrong times, so nothing is
/// dropped for an hour after it has jumped.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Caution = TimeSpan.FromHours(1);

    private DateTimeOffset _wall = time.GetUtcNow();
    private long _ticks = time.GetTimestamp();
    private long? _jumpedAt;

    /// <summary>Whether it has gone evenly, to be asked every minute or so.</summary>
    public bool IsSteady()
    {
        var (wall, ticks) = (time.GetUtcNow(), time.GetTimestamp());
        if ((wall - _wall - time.GetElapsedTime(_ticks, ticks)).Duration() > Tolerance)
            _jumpedAt = ticks;
        (_wall, _ticks) = (wall, ticks);
        return _jumpedAt is not { } jumped || time.GetElapsedTime(jumped, ticks) > Caution;
    }
}
