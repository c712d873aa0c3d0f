using Torch.Domain.Evaluation;
using Torch.Server.Http;

namespace Torch.Server.Evaluating;

/// <summary>
/// The evaluator as it was at past positions, for readers: each folded from the nearest snapshot, beside the one that folds the present.
/// A few stay for a while, for whoever looks at an instant asks more than one question about it.
/// </summary>
internal sealed class PastStates(IEvaluatorSnapshots snapshots, TimeProvider time) : IDisposable
{
    private const int Kept = 2;
    private const int AtOnce = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(2);

    private static readonly Fault Busy = new(
        503,
        "busy_with_the_past",
        "Others are looking at the past just now. Try again shortly.",
        RetryAfterSeconds: 2
    );

    private readonly SemaphoreSlim _folding = new(AtOnce);
    private readonly Lock _lock = new();
    private readonly List<(long Position, long UsedAt, PastState State)> _kept = [];

    /// <summary>The state after the events up to a position.</summary>
    /// <exception cref="FaultException">Observations that it follows from have been dropped, or too many ask at once.</exception>
    public async Task<PastState> AtAsync(long position, CancellationToken cancellationToken)
    {
        if (Find(position) is { } known)
            return known;
        if (!await _folding.WaitAsync(Patience, cancellationToken))
            throw new FaultException(Busy);
        try
        {
            return Find(position) ?? Keep(position, await FoldAsync(position, cancellationToken));
        }
        finally
        {
            _folding.Release();
        }
    }

    /// <summary>Throws where the state at a position cannot be made any more.</summary>
    public async Task RequireAsync(long position, CancellationToken cancellationToken)
    {
        if (await snapshots.EarliestAsync(cancellationToken) is var earliest && position < earliest)
            throw new FaultException(Gone(earliest));
    }

    public void Dispose() => _folding.Dispose();

    private static Fault Gone(long earliest) =>
        new(
            410,
            "before_retention",
            $"The observations of that time have been dropped; the first position whose state is known is {earliest}."
        );

    private async Task<PastState> FoldAsync(long position, CancellationToken cancellationToken)
    {
        await RequireAsync(position, cancellationToken);
        return new PastState((await snapshots.AtAsync(position, cancellationToken)).Evaluator);
    }

    private PastState? Find(long position)
    {
        lock (_lock)
        {
            Forget_NeedsLock();
            var index = _kept.FindIndex(k => k.Position == position);
            if (index < 0)
                return null;
            _kept[index] = _kept[index] with { UsedAt = time.GetTimestamp() };
            return _kept[index].State;
        }
    }

    private PastState Keep(long position, PastState state)
    {
        lock (_lock)
        {
            Forget_NeedsLock();
            if (_kept.Count == Kept)
                _kept.Remove(_kept.MinBy(k => k.UsedAt));
            _kept.Add((position, time.GetTimestamp(), state));
            return state;
        }
    }

    // A state may be as large as the present one.
    private void Forget_NeedsLock() => _kept.RemoveAll(k => time.GetElapsedTime(k.UsedAt) > Fresh);
}

/// <summary>A state that no longer changes, for several readers.</summary>
internal sealed class PastState(Evaluator evaluator)
{
    private readonly Lock _lock = new();

    public T Read<T>(Func<Evaluator, T> read)
    {
        lock (_lock)
            return read(evaluator);
    }
}
