using Torch.Domain.Nodes;
using Torch.EventStore;

namespace Torch.Server.Features.Nodes;

internal static class DeleteNode
{
    /// <summary>Delete a node, and all below it that has no other parent.</summary>
    /// <remarks>Its checks and their history stay; their reports are unplaced again.</remarks>
    public static Task<IResult> Handle(
        Guid id,
        HttpContext http,
        Commands commands,
        Structure structure,
        JournalStreams streams
    ) => commands.RunAsync(http, [], ct => DecideAsync(id, http, structure, streams, ct));

    private static async Task<Change> DecideAsync(
        Guid id,
        HttpContext http,
        Structure structure,
        JournalStreams streams,
        CancellationToken ct
    )
    {
        var (_, version) = await streams.ExistingNodeAsync(http, id);
        var (removed, topology) = await structure.DecideAsync((t, _) => t.Delete(id), ct);
        var who = EventHeaders.Of(http);
        var appends = new List<StreamAppend> { JournalStreams.OfTopology(removed, topology, who) };
        foreach (var gone in removed.OfType<NodeRemoved>())
        {
            var node = await streams.NodeAsync(gone.NodeId, ct);
            if (node.State.Delete() is { Refusal: null } deletion)
                appends.Add(JournalStreams.OfNode(gone.NodeId, deletion.Events, node.Version, who));
        }
        return new Change(id, appends, version + 1);
    }
}
