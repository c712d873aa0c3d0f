using Torch.Domain.Backtests;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Backtesting;

/// <summary>Three sources merged: events of the log, what was recorded of the nodes around, and what came late, at its own time.</summary>
internal sealed class BacktestRun(
    Replay replay,
    SurroundingHistory around,
    LateObservations late,
    DateTimeOffset from,
    DateTimeOffset to,
    Func<BacktestShare, ValueTask> progress
)
{
    private const int Step = 4_096;

    private int _next;
    private long _said;

    public long Events { get; private set; }

    public async ValueTask TakeAsync(RecordedEvent e)
    {
        if (late.Contains(e.Position))
            return;
        // What the event brought about at its own moment comes after it: a node that it creates has a status from then on.
        await GiveUntilAsync(e.Timestamp.AddTicks(-1));
        Events++;
        if (EventCodec.TryDecode(e, out _) is { } @event)
            replay.Fold(e.Position, e.Timestamp, @event);
        await SayAsync(e.Timestamp);
    }

    public async Task<IReadOnlyDictionary<Guid, StatusHistory>> EndAsync()
    {
        await GiveUntilAsync(to);
        return replay.End(to);
    }

    private DateTimeOffset? AroundAt => _next < around.Count ? around.AtOf(_next) : null;

    private async ValueTask GiveUntilAsync(DateTimeOffset until)
    {
        while (AroundAt <= until || late.NextAt <= until)
            if (AroundAt <= until && !(late.NextAt < AroundAt))
                await GiveAsync(AroundAt.Value);
            else
                await FoldAsync(late.Take());
    }

    private ValueTask GiveAsync(DateTimeOffset at)
    {
        var begin = _next;
        while (AroundAt == at)
            _next++;
        replay.Give(at, [.. Enumerable.Range(begin, _next - begin).Select(i => around[i])]);
        Events += _next - begin;
        return SayAsync(at);
    }

    private ValueTask FoldAsync(Domain.History.EffectiveEvent e)
    {
        replay.Fold(e.Position, e.At, e.Event);
        Events++;
        return SayAsync(e.At);
    }

    private ValueTask SayAsync(DateTimeOffset at)
    {
        if (Events - _said < Step)
            return ValueTask.CompletedTask;
        _said = Events;
        return progress(new(Math.Clamp((at - from) / (to - from), 0, 1), Events));
    }
}
