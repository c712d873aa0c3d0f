using Torch.Contracts;

namespace Torch.Agent.Export;

/// <summary>What was dropped at a cap and the server does not know of yet: one gap per check and hundred thousand offsets.</summary>
internal sealed class DroppedResults
{
    // A gap travels with the delivery that passes its last offset, so it must not grow for ever while the server is away.
    private const long Span = 100_000;

    private readonly Dictionary<(Guid CheckId, long Part), Drop> _drops = [];

    public void Add(long offset, ProbeCompleted result)
    {
        var key = (result.CheckId, offset / Span);
        var gap = new ResultGap(result.CheckId, result.At, result.At, 1, GapReasons.Full);
        _drops[key] = new Drop(offset, _drops.TryGetValue(key, out var drop) ? Joined(drop.Gap, gap) : gap);
    }

    /// <summary>The gaps that end at this offset or before.</summary>
    public IReadOnlyList<ResultGap> Until(long offset) =>
        [.. _drops.Values.Where(drop => drop.Last <= offset).Select(drop => drop.Gap)];

    /// <summary>The server knows of those that end at this offset or before.</summary>
    public void Forget(long offset)
    {
        foreach (var key in _drops.Where(drop => drop.Value.Last <= offset).Select(drop => drop.Key).ToArray())
            _drops.Remove(key);
    }

    private static ResultGap Joined(ResultGap a, ResultGap b) =>
        a with
        {
            From = a.From < b.From ? a.From : b.From,
            To = a.To > b.To ? a.To : b.To,
            Results = a.Results + b.Results,
        };

    private readonly record struct Drop(long Last, ResultGap Gap);
}
