using Torch.EventStore.Projecting;

namespace Torch.EventStore.Rebuilding;

/// <summary>What a rebuild is for: to take the place of the live tables, or to be compared with them.</summary>
internal interface IRebuildEnd
{
    /// <summary>The position beyond which nothing may be folded yet.</summary>
    Task<long> BoundAsync(CancellationToken cancellationToken);

    /// <summary>Called once everything up to the bound is folded. False: fold on, and try again.</summary>
    Task<bool> TryAsync(FoldTarget target, CancellationToken cancellationToken);
}
