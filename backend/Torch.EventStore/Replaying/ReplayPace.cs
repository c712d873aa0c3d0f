namespace Torch.EventStore.Replaying;

/// <summary>Lets a log go by as it went, so many times as fast.</summary>
/// <param name="speed">Seconds of the log in one; null for as fast as it goes.</param>
internal sealed class ReplayPace(TimeProvider time, double? speed)
{
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(50);

    private long _began;
    private DateTimeOffset? _first;

    /// <summary>What may go in one: all of it, or what happened within a moment.</summary>
    public IEnumerable<IReadOnlyList<RecordedEvent>> Parts(IReadOnlyList<RecordedEvent> events)
    {
        var from = 0;
        for (var i = 1; i <= events.Count; i++)
        {
            if (i < events.Count && !IsApart(events[from], events[i]))
                continue;
            yield return [.. events.Skip(from).Take(i - from)];
            from = i;
        }
    }

    /// <summary>Waits until a moment of the log has come.</summary>
    public async Task UntilAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        if (speed is not { } factor)
            return;
        if (_first is not { } first)
        {
            (_first, _began) = (moment, time.GetTimestamp());
            return;
        }
        var rest = (moment - first) / factor - time.GetElapsedTime(_began);
        if (rest > TimeSpan.Zero)
            await Task.Delay(rest, time, cancellationToken);
    }

    private bool IsApart(RecordedEvent first, RecordedEvent next) =>
        speed is { } factor && next.Timestamp - first.Timestamp > Grain * factor;
}
