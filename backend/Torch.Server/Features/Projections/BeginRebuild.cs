using Torch.EventStore;
using Torch.Server.Http;

namespace Torch.Server.Features.Projections;

internal static class BeginRebuild
{
    /// <summary>Fold the whole log anew, beside the live tables, and put the result in their place.</summary>
    /// <remarks>Reads go on as ever. Parked streams get a new chance. It outlives a restart; GET /projections shows how far it is.</remarks>
    public static async Task<IResult> Handle(
        string name,
        ProjectionReading projections,
        ProjectionRebuilds rebuilds,
        CancellationToken cancellationToken
    )
    {
        var projection = projections.Named(name);
        return await rebuilds.BeginAsync(projection, cancellationToken)
            ? Results.Accepted(value: await projections.OneAsync(projection, cancellationToken))
            : GoingOn.Answer();
    }

    /// <summary>One at a time, whether it will be swapped or compared.</summary>
    public static Fault GoingOn { get; } =
        new(409, "rebuilding", "This projection is being rebuilt already. Wait, or cancel that.");
}
