using Torch.EventStore;
using Torch.Server.Http;

namespace Torch.Server.Features.Projections;

internal static class BeginVerification
{
    /// <summary>Fold the whole log anew beside the live tables, compare the two, and throw the new ones away.</summary>
    /// <remarks>What came of it stands in <c>lastRebuild</c>: two hashes, and the first row that differs.</remarks>
    public static async Task<IResult> Handle(
        string name,
        ProjectionReading projections,
        ProjectionRebuilds rebuilds,
        CancellationToken cancellationToken
    )
    {
        var projection = projections.Named(name);
        return await rebuilds.VerifyAsync(projection, cancellationToken)
            ? Results.Accepted(value: await projections.OneAsync(projection, cancellationToken))
            : BeginRebuild.GoingOn.Answer();
    }
}
