using Torch.Contracts;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Projections;

internal static class ListProjections
{
    /// <summary>Every projection: where it stands, what it has parked, and how far its rebuild is.</summary>
    public static async Task<Page<ProjectionView>> Handle(
        ProjectionReading projections,
        IReadPosition reads,
        CancellationToken cancellationToken
    ) => new(await projections.AllAsync(cancellationToken), null, reads.Position);
}
