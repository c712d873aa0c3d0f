using Torch.Domain.History;

namespace Torch.Server.Evaluating.Late;

/// <summary>What came late, and whom it concerns, at one position of the log.</summary>
/// <param name="Paths">The nodes whose history it may change, lowest first.</param>
/// <param name="Checks">The checks whose observations decide them: those that came late, and what else their leaves show.</param>
/// <param name="Around">Nodes beside the paths whose statuses decide them.</param>
/// <param name="Through">Of the last event that the evaluator has folded.</param>
/// <param name="Until">The log's time there.</param>
internal sealed record LateWork(
    IReadOnlyList<LateData> Late,
    IReadOnlyList<Guid> Paths,
    IReadOnlySet<Guid> Checks,
    IReadOnlySet<Guid> Around,
    long Through,
    DateTimeOffset Until
)
{
    /// <summary>The oldest observation.</summary>
    public DateTimeOffset From => Late.Min(l => l.From);
}
