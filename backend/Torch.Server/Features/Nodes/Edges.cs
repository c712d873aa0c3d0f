using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Nodes;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes;

internal static class PostMove
{
    /// <summary>Move a node under another parent, or make it a root.</summary>
    /// <remarks>Refused where it would close a cycle, which is named. A node with several parents says which it leaves.</remarks>
    public static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        Commands commands,
        Structure structure,
        JournalStreams streams
    )
    {
        var body = await http.ReadJsonAsync<MoveNode>();
        var (to, from) = body.Value;
        await http.RequireParentWithinAsync(to);
        return await commands.RunAsync(
            http,
            body.Bytes,
            ct => EdgeChange.DecideAsync(id, http, structure, streams, (t, name) => t.Move(id, from, to, name), ct)
        );
    }
}

internal static class PutParent
{
    /// <summary>Put a node under a further parent, or change the edge to one.</summary>
    /// <remarks>What is absent stays as it is; on a new edge the weight is 1, the child is not required and counts as it is.</remarks>
    public static async Task<IResult> Handle(
        Guid id,
        Guid parentId,
        HttpContext http,
        EdgeValidator validator,
        Commands commands,
        Structure structure,
        JournalStreams streams
    )
    {
        var body = await http.ReadJsonAsync(validator);
        var (weight, required, contribution) = body.Value;
        return await commands.RunAsync(
            http,
            body.Bytes,
            ct =>
                EdgeChange.DecideAsync(
                    id,
                    http,
                    structure,
                    streams,
                    (t, name) => t.Link(parentId, id, weight, required, contribution, name),
                    ct
                )
        );
    }
}

internal static class DeleteParent
{
    /// <summary>Take a node away from one of its parents.</summary>
    /// <remarks>Without another parent it becomes the root of a hierarchy.</remarks>
    public static Task<IResult> Handle(
        Guid id,
        Guid parentId,
        HttpContext http,
        Commands commands,
        Structure structure,
        JournalStreams streams
    ) =>
        commands.RunAsync(
            http,
            [],
            ct => EdgeChange.DecideAsync(id, http, structure, streams, (t, name) => t.Unlink(parentId, id, name), ct)
        );
}

/// <summary>A change of one node's place: the structure's events, on the condition that the node is still what If-Match says.</summary>
internal static class EdgeChange
{
    public static async Task<Change> DecideAsync(
        Guid id,
        HttpContext http,
        Structure structure,
        JournalStreams streams,
        Func<Topology, Func<Guid, string>, Decision> decide,
        CancellationToken ct
    )
    {
        var (_, version) = await streams.ExistingNodeAsync(http, id);
        var (events, topology) = await structure.DecideAsync(decide, ct);
        var who = EventHeaders.Of(http);
        return new Change(
            id,
            [JournalStreams.OfTopology(events, topology, who), JournalStreams.OfNode(id, [], version, who)],
            version
        );
    }
}
