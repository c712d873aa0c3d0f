using Npgsql;
using Torch.EventStore;

namespace Torch.Server.Evaluating;

/// <inheritdoc/>
internal sealed class EvaluatorSnapshots(NpgsqlDataSource dataSource, EventLog log, ILogger<EvaluatorSnapshots> logger)
    : IEvaluatorSnapshots
{
    private const int PageSize = 5_000;

    private readonly SnapshotTable _table = new(
        dataSource,
        TransitionWriter.Projection,
        SnapshotCodec.Format,
        SnapshotCodec.Oldest
    );

    public async Task<FoldedEvaluator> NearestAsync(long position, CancellationToken cancellationToken)
    {
        while (await _table.NearestAsync(position, cancellationToken) is { } row)
        {
            if (TryLoad(row) is { } evaluator)
                return evaluator;
            position = row.Position - 1;
        }
        return new FoldedEvaluator();
    }

    public async Task<FoldedEvaluator> BeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
        await _table.PositionBeforeAsync(moment, cancellationToken) is { } position
            ? await NearestAsync(position, cancellationToken)
            : new FoldedEvaluator();

    public async Task<FoldedEvaluator> AtAsync(long position, CancellationToken cancellationToken)
    {
        var evaluator = await NearestAsync(position, cancellationToken);
        while (evaluator.Position < position)
        {
            var page = await log.ReadPageAsync(new PageRead(evaluator.Position, PageSize), cancellationToken);
            evaluator.Fold(page.Events, page.IsLive ? position : Math.Min(page.Through, position));
        }
        return evaluator;
    }

    public Task<long> EarliestAsync(CancellationToken cancellationToken) => _table.EarliestAsync(cancellationToken);

    public Task SaveAsync(FoldedEvaluator evaluator, bool kept, CancellationToken cancellationToken) =>
        SaveAsync(evaluator.Save(), evaluator.Position, kept, cancellationToken);

    public Task SaveAsync(SavedEvaluation saved, long position, bool kept, CancellationToken cancellationToken) =>
        _table.SaveAsync(new(position, saved.Evaluator.Now, SnapshotCodec.Encode(saved)), kept, cancellationToken);

    // Whatever is wrong with it, an older one or the log itself gives the same state.
    private FoldedEvaluator? TryLoad(SnapshotRow row)
    {
        try
        {
            return new FoldedEvaluator(SnapshotCodec.Decode(row.Data, row.Format), row.Position);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            logger.LogWarning(
                "The evaluator's snapshot at {Position} cannot be read and is ignored: {Reason}",
                row.Position,
                exception.Message
            );
            return null;
        }
    }
}
