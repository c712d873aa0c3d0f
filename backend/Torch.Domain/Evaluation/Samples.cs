namespace Torch.Domain.Evaluation;

/// <summary>How much of a check's past rules ask for.</summary>
/// <param name="Last">So many observations,</param>
/// <param name="Over">and all of so long.</param>
public sealed record LookBack(int Last, TimeSpan Over);

/// <summary>
/// The last observations of a leaf's check as the numbers that its rules ask for, in the order of their own time, whenever they arrived.
/// It belongs to the rules of one leaf, not to the check: what a rule sees must not depend on what other leaves of that check ask for,
/// or a part of the tree would come to another result than the whole. It begins with the observation that was the last one when the
/// rules came into force. It keeps as many, and as far back, as some rule asks for, and never more than <see cref="Most"/>.
/// </summary>
internal sealed class Samples
{
    /// <summary>Of one leaf. Where a window holds more, it is over the newest of them.</summary>
    public const int Most = 4_096;

    private readonly List<string> _keys = [];
    private readonly List<Func<IEvent, double?>> _readings = [];
    private int _wanted = 1;
    private long _windowTicks;

    private long[] _at = [];
    private double[] _values = [];
    private int _start;
    private long _beginTicks;

    public int Count { get; private set; }

    /// <summary>How much of the past its rules ask for.</summary>
    public LookBack Asked => new(_wanted, TimeSpan.FromTicks(_windowTicks));

    /// <summary>Asks for a number of each observation.</summary>
    /// <param name="key">Those who ask for the same get the same.</param>
    /// <param name="last">Of so many observations,</param>
    /// <param name="over">or over a window.</param>
    /// <returns>Its slot.</returns>
    public int Ask(string key, Func<IEvent, double?> reading, int? last, TimeSpan? over)
    {
        _wanted = Math.Max(_wanted, last ?? 1);
        _windowTicks = Math.Max(_windowTicks, over?.Ticks ?? 0);
        if (_keys.IndexOf(key) is >= 0 and var known)
            return known;
        _keys.Add(key);
        _readings.Add(reading);
        return _keys.Count - 1;
    }

    /// <summary>Forgets everything.</summary>
    /// <param name="last">The last observation before; null where there is none.</param>
    public void Begin(DateTimeOffset now, SeenObservation? last, DateTimeOffset lastAt)
    {
        (_at, _values, _start, Count) = ([], [], 0, 0);
        _beginTicks = now.UtcTicks;
        if (last is not null)
            Insert(0, lastAt.UtcTicks, last.Event);
    }

    /// <summary>Takes up what was recorded before, as if its rules had been in force all the time.</summary>
    public void Recall(IEnumerable<(DateTimeOffset At, IEvent Observation)> recorded)
    {
        (_at, _values, _start, Count) = ([], [], 0, 0);
        _beginTicks = long.MinValue;
        foreach (var (at, observation) in recorded)
            Add(at, observation);
    }

    /// <summary>Takes an observation at its own time. Of those before the beginning only the newest counts.</summary>
    public void Add(DateTimeOffset at, IEvent observation)
    {
        var ticks = at.UtcTicks;
        var index = IndexAfter(ticks);
        if (ticks < _beginTicks && Count > 0 && _at[_start] < _beginTicks)
        {
            if (index == 0)
                return;
            Drop();
            index = 0;
        }
        if (IsKept(ticks, Count - index))
        {
            Insert(index, ticks, observation);
            Trim();
        }
    }

    public DateTimeOffset AtOf(int index) => new(_at[_start + index], TimeSpan.Zero);

    /// <summary>NaN where the observation had no such number.</summary>
    public double ValueOf(int index, int slot) => _values[((_start + index) * _keys.Count) + slot];

    /// <summary>How many there are at or before a moment.</summary>
    public int CountUntil(DateTimeOffset moment) => IndexAfter(moment.UtcTicks);

    public SavedSamples Save() =>
        new(
            new(_beginTicks, TimeSpan.Zero),
            _at[_start..(_start + Count)],
            [.. Slice(_values).Select(v => double.IsNaN(v) ? (double?)null : v)]
        );

    public void Restore(SavedSamples saved)
    {
        (_beginTicks, _start, Count) = (saved.Begin.UtcTicks, 0, saved.At.Count);
        _at = [.. saved.At];
        _values = [.. saved.Values.Select(v => v ?? double.NaN)];
    }

    private Span<double> SliceSpan(double[] values) => values.AsSpan(_start * _keys.Count, Count * _keys.Count);

    private double[] Slice(double[] values) => SliceSpan(values).ToArray();

    // Mostly it is the newest.
    private int IndexAfter(long ticks)
    {
        var index = Count;
        while (index > 0 && _at[_start + index - 1] > ticks)
            index--;
        return index;
    }

    // Whether so many newer ones and their time leave room for it: the same answer in whatever order they come.
    private bool IsKept(long ticks, int newer) =>
        newer < _wanted || (newer < Most && _windowTicks > 0 && ticks > _at[_start + Count - 1] - _windowTicks);

    private void Trim()
    {
        while (Count > 1 && !IsKept(_at[_start], Count - 1))
            Drop();
    }

    private void Drop() => (_start, Count) = (_start + 1, Count - 1);

    private void Insert(int index, long ticks, IEvent observation)
    {
        MakeRoom();
        var (slots, at) = (_keys.Count, _start + index);
        Array.Copy(_at, at, _at, at + 1, Count - index);
        Array.Copy(_values, at * slots, _values, (at + 1) * slots, (Count - index) * slots);
        _at[at] = ticks;
        for (var slot = 0; slot < slots; slot++)
            _values[(at * slots) + slot] = _readings[slot](observation) ?? double.NaN;
        Count++;
    }

    private void MakeRoom()
    {
        if (_start + Count < _at.Length)
            return;
        var slots = _keys.Count;
        var length = Math.Max(8, Count * 2);
        var (times, values) = (new long[length], new double[length * slots]);
        Array.Copy(_at, _start, times, 0, Count);
        SliceSpan(_values).CopyTo(values);
        (_at, _values, _start) = (times, values, 0);
    }
}
