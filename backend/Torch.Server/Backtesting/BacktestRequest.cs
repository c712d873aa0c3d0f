using Torch.Domain.Backtests;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Server.Backtesting;

/// <summary>What is to be tried, and on which time.</summary>
/// <param name="Drafts">Rules by node.</param>
/// <param name="WithAbove">Also what stands above the drafted nodes.</param>
/// <param name="Statuses">Those that drafts may name; the built-in ones where absent.</param>
/// <param name="Edges">As they would be; all as they were where absent.</param>
internal sealed record BacktestRequest(
    IReadOnlyDictionary<Guid, RuleSet> Drafts,
    DateTimeOffset From,
    DateTimeOffset To,
    bool WithAbove,
    StatusCatalog? Statuses = null,
    DraftedEdges? Edges = null
)
{
    /// <summary>The nodes that are told of whether they differ or not.</summary>
    public IReadOnlySet<Guid> Drafted { get; } = new HashSet<Guid>([.. Drafts.Keys, .. Edges?.Parents ?? []]);
}

/// <param name="From">Where the replay began.</param>
/// <param name="CutAt">Set where that is later than what was asked for.</param>
/// <param name="Nodes">The drafted nodes, then those above them that differ.</param>
internal sealed record BacktestResult(
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset? CutAt,
    long Events,
    IReadOnlyList<NodeResult> Nodes,
    long Position
);

/// <param name="Objectives">What is promised of the node by time.</param>
internal sealed record NodeResult(
    Guid NodeId,
    string Name,
    HistoryDifference Difference,
    IReadOnlyList<ObjectiveDifference> Objectives
);

/// <param name="Share">0 to 1, of the window.</param>
internal sealed record BacktestShare(double Share, long Events);
