using Torch.Contracts;
using Torch.EventStore;
using Torch.Server.Http;

namespace Torch.Server.Features.Projections;

internal static class RetryParked
{
    /// <summary>Fold what a stream has parked, in order and in one go; then it goes on like any other.</summary>
    /// <remarks>422 when an event still cannot be folded: all of it stays parked, and the detail says why.</remarks>
    public static async Task<IResult> Handle(
        string name,
        Guid streamId,
        ProjectionReading projections,
        ParkedStreams parked,
        CancellationToken cancellationToken
    ) =>
        await parked.RetryAsync(projections.Named(name), streamId, cancellationToken) switch
        {
            ParkedRetry.Folded folded => Results.Ok(new ParkedRetried(folded.Events)),
            ParkedRetry.Failed failed => StillFails(failed).Answer(),
            _ => Fault.NotFound("parked stream").Answer(),
        };

    private static Fault StillFails(ParkedRetry.Failed failed) =>
        new(422, "still_fails", $"The event at position {failed.Position} still cannot be folded: {failed.Error}");
}
