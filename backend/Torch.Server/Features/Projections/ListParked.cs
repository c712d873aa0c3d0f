using Torch.Contracts;
using Torch.EventStore;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Projections;

internal static class ListParked
{
    /// <summary>The streams that a projection does not fold, because one of their events could not be folded.</summary>
    /// <remarks>Longest parked first, at most 1,000.</remarks>
    public static async Task<Page<ParkedStreamView>> Handle(
        string name,
        ProjectionReading projections,
        ParkedStreams parked,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var streams = await parked.ListAsync(projections.Named(name), cancellationToken);
        return new([.. streams.Select(View)], null, reads.Position);
    }

    private static ParkedStreamView View(ParkedStream s) =>
        new(s.StreamId, s.Log.ToString().ToLowerInvariant(), s.Position, s.Type, s.Error, s.ParkedAt, s.Events);
}
