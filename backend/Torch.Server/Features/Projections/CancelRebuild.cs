using Torch.EventStore;
using Torch.Server.Http;

namespace Torch.Server.Features.Projections;

internal static class CancelRebuild
{
    /// <summary>Give up a rebuild or verification. The live tables stay as they are.</summary>
    public static async Task<IResult> Handle(
        string name,
        ProjectionReading projections,
        ProjectionRebuilds rebuilds,
        CancellationToken cancellationToken
    ) =>
        await rebuilds.CancelAsync(projections.Named(name), cancellationToken)
            ? Results.NoContent()
            : Fault.NotFound("rebuild").Answer();
}
