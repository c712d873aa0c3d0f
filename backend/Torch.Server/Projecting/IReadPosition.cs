using Torch.EventStore;
using Torch.Server.Evaluating;

namespace Torch.Server.Projecting;

/// <summary>How far the read tables are.</summary>
public interface IReadPosition
{
    /// <summary>Everything up to it is in the read tables.</summary>
    long Position { get; }

    /// <summary>Returns once everything that the events up to a position brought about can be read: their rows, and the transitions that followed from them.</summary>
    Task WaitForAsync(long minPosition, CancellationToken cancellationToken);
}

internal sealed class ReadPosition(ProjectionRunner runner, IEvaluation evaluation) : IReadPosition
{
    public long Position => runner.Position;

    // First the evaluator, for only it knows whether a transition follows; then the tables, up to that transition.
    public async Task WaitForAsync(long minPosition, CancellationToken cancellationToken)
    {
        var written = await evaluation.WaitForAsync(minPosition, cancellationToken);
        await runner.WaitForAsync(Math.Max(minPosition, written), cancellationToken);
    }
}
