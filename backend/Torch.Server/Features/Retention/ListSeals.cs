using Torch.Contracts;
using Torch.Domain.Retention;
using Torch.Server.Retaining;

namespace Torch.Server.Features.Retention;

internal static class ListSeals
{
    /// <summary>What partitions came to before they went, each compared with what the journal says.</summary>
    public static async Task<IReadOnlyList<SealView>> Handle(
        RetentionJournal journal,
        SealWriter seals,
        CancellationToken cancellationToken
    )
    {
        var views = new List<SealView>();
        foreach (var said in await journal.SealsAsync(cancellationToken))
        {
            var (sha256, _) = await seals.HashAsync(said.Partition, cancellationToken);
            views.Add(View(said, string.Equals(sha256, said.RollupsSha256, StringComparison.Ordinal)));
        }
        return views;
    }

    private static SealView View(PartitionSealed said, bool isSound) =>
        new(
            said.Partition,
            said.FromPosition,
            said.ToPosition,
            said.FirstTime,
            said.LastTime,
            said.Events,
            said.Rollups,
            said.RollupsSha256,
            isSound,
            said.Archive?.Name
        );
}
