using Torch.Domain.Evaluation;
using Torch.Server.Http;

namespace Torch.Server.Evaluating;

/// <summary>
/// The evaluator as it was at past positions, for readers: each folded from the nearest snapshot, beside the one that folds the present.
/// A few stay for a while, for whoever looks at an instant asks more than one question about it.
/// </summary>
internal sealed class PastStates(IEvaluatorSnapshots snapshots, RulesOfNow ofNow, TimeProvider time) : IDisposable
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
    private readonly List<(StateKey Key, long UsedAt, PastState State)> _kept = [];

    private readonly Dictionary<StateKey, Task<PastState>> _making = [];
    private readonly CancellationTokenSource _closing = new();

    /// <summary>The state after the events up to a position. Those who ask for the same wait for one fold, which goes on when one of them leaves.</summary>
    /// <exception cref="FaultException">Observations that it follows from have been dropped, or too many ask at once.</exception>
    /// <param name="rulesOfNow">As it would be had they been in force.</param>
    public async Task<PastState> AtAsync(long position, CancellationToken cancellationToken, bool rulesOfNow = false)
    {
        var key = new StateKey(position, rulesOfNow ? await ofNow.NewestAsync(cancellationToken) : null);
        return Find(key) ?? await Making(key).WaitAsync(cancellationToken);
    }

    /// <summary>Throws where the state at a position cannot be made any more.</summary>
    public async Task RequireAsync(long position, CancellationToken cancellationToken)
    {
        if (await snapshots.EarliestAsync(cancellationToken) is var earliest && position < earliest)
            throw new FaultException(Gone(earliest));
    }

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
        _folding.Dispose();
    }

    private Task<PastState> Making(StateKey key)
    {
        lock (_lock)
            return _making.TryGetValue(key, out var running)
                ? running
                : _making[key] = Task.Run(() => MakeAsync(key, _closing.Token));
    }

    private async Task<PastState> MakeAsync(StateKey key, CancellationToken closing)
    {
        try
        {
            if (!await _folding.WaitAsync(Patience, closing))
                throw new FaultException(Busy);
            try
            {
                return Find(key) ?? Keep(key, await FoldAsync(key, closing));
            }
            finally
            {
                _folding.Release();
            }
        }
        finally
        {
            lock (_lock)
                _making.Remove(key);
        }
    }

    private static Fault Gone(long earliest) =>
        new(
            410,
            "before_retention",
            $"The observations of that time have been dropped; the first position whose state is known is {earliest}."
        );

    private async Task<PastState> FoldAsync(StateKey key, CancellationToken cancellationToken)
    {
        await RequireAsync(key.Position, cancellationToken);
        var folded = key.Rules is null
            ? await snapshots.AtAsync(key.Position, cancellationToken)
            : await ofNow.AtAsync(key.Position, cancellationToken);
        return new PastState(folded.Evaluator);
    }

    private PastState? Find(StateKey key)
    {
        lock (_lock)
        {
            Forget_NeedsLock();
            var index = _kept.FindIndex(k => k.Key == key);
            if (index < 0)
                return null;
            _kept[index] = _kept[index] with { UsedAt = time.GetTimestamp() };
            return _kept[index].State;
        }
    }

    private PastState Keep(StateKey key, PastState state)
    {
        lock (_lock)
        {
            Forget_NeedsLock();
            if (_kept.Count == Kept)
                _kept.Remove(_kept.MinBy(k => k.UsedAt));
            _kept.Add((key, time.GetTimestamp(), state));
            return state;
        }
    }

    // A state may be as large as the present one.
    private void Forget_NeedsLock() => _kept.RemoveAll(k => time.GetElapsedTime(k.UsedAt) > Fresh);
}

/// <param name="Rules">The newest publication, where all of them are to have been in force; null for those of then.</param>
internal sealed record StateKey(long Position, long? Rules);

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
