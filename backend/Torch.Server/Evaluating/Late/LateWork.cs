using Torch.Domain.History;

namespace Torch.Server.Evaluating.Late;

/// <summary>What came late, and whom it concerns, at one position of the log.</summary>
/// <param name="Paths">The nodes whose history it may change, lowest first.</param>
/// <param name="Checks">The checks whose observations decide them: those that came late, and what else their leaves show.</param>
/// <param name="Around">Nodes beside the paths whose statuses decide them.</param>
/// <param name="Through">Of the last event that the evaluator has folded.</param>
/// <param name="Until">The log's time there.</param>
/// <param name="Running">What the paths' nodes are taken to be there.</param>
/// <param name="Next">Where in the log the newest late observation of the check stands that comes next; null where no other waits.</param>
internal sealed record LateWork(
    IReadOnlyList<LateData> Late,
    IReadOnlyList<Guid> Paths,
    IReadOnlySet<Guid> Checks,
    IReadOnlySet<Guid> Around,
    long Through,
    DateTimeOffset Until,
    IReadOnlyDictionary<Guid, RevisedState> Running,
    long? Next
)
{
    /// <summary>Checks in one round: after a long cut many come late with much, and all of it at once would not fit.</summary>
    public const int MostChecks = 64;

    /// <summary>The oldest observation.</summary>
    public DateTimeOffset From => Late.Min(l => l.From);
}
