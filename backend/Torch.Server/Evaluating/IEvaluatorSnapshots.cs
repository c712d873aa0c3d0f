namespace Torch.Server.Evaluating;

/// <summary>Saved states of the evaluator: any moment of the log without folding all of it.</summary>
internal interface IEvaluatorSnapshots
{
    /// <summary>The state of the newest readable snapshot at or before a position; an empty one at 0 where there is none.</summary>
    Task<FoldedEvaluator> NearestAsync(long position, CancellationToken cancellationToken);

    /// <summary>The state of the newest readable snapshot whose log's time is at or before a moment; an empty one at 0 where there is none. It is the caller's alone.</summary>
    Task<FoldedEvaluator> BeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken);

    /// <summary>The state after exactly the events up to a position: the nearest snapshot, then the log. It is the caller's alone.</summary>
    Task<FoldedEvaluator> AtAsync(long position, CancellationToken cancellationToken);

    /// <summary>The first position whose state can still be made, because the observations before it have been dropped; 0 where all can.</summary>
    Task<long> EarliestAsync(CancellationToken cancellationToken);

    /// <summary>Saves a state at its position. Nobody may fold it meanwhile.</summary>
    /// <param name="kept">It stays while the events after it do; others are thinned as they age.</param>
    Task SaveAsync(FoldedEvaluator evaluator, bool kept, CancellationToken cancellationToken);

    /// <inheritdoc cref="SaveAsync(FoldedEvaluator, bool, CancellationToken)"/>
    /// <param name="saved">What the state was.</param>
    /// <param name="position">Everything up to it was folded.</param>
    Task SaveAsync(SavedEvaluation saved, long position, bool kept, CancellationToken cancellationToken);
}
