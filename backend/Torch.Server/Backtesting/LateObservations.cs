using Torch.Domain.History;

namespace Torch.Server.Backtesting;

/// <summary>Observations that came late, in the order of their own time, as effective history counts them.</summary>
internal sealed class LateObservations
{
    private readonly List<EffectiveEvent> _events;
    private readonly HashSet<long> _positions;
    private int _next;

    public LateObservations(IEnumerable<EffectiveEvent> events)
    {
        _events = [.. events.OrderBy(e => e.At).ThenBy(e => e.Position)];
        _positions = [.. _events.Select(e => e.Position)];
    }

    /// <summary>When the first of those that are left counts; null where none is.</summary>
    public DateTimeOffset? NextAt => _next < _events.Count ? _events[_next].At : null;

    /// <summary>Whether an event of the log is one of them: it has, or will have, its turn at another time.</summary>
    public bool Contains(long position) => _positions.Contains(position);

    /// <summary>Takes the next one out. There must be one.</summary>
    public EffectiveEvent Take() => _events[_next++];
}
