using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Nodes;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes;

internal static class PostNode
{
    /// <summary>Create a node.</summary>
    /// <remarks>Without a parent it is the root of a hierarchy; with a check it is a leaf that shows the check's status.</remarks>
    /// <response code="201">Created.</response>
    public static async Task<IResult> Handle(
        HttpContext http,
        CreateNodeValidator validator,
        Commands commands,
        Structure structure,
        JournalStreams streams
    )
    {
        var body = await http.ReadJsonAsync(validator);
        await http.RequireParentWithinAsync(body.Value.ParentId);
        return await commands.RunAsync(http, body.Bytes, ct => DecideAsync(http, body.Value, structure, streams, ct));
    }

    private static async Task<Change> DecideAsync(
        HttpContext http,
        CreateNode wanted,
        Structure structure,
        JournalStreams streams,
        CancellationToken ct
    )
    {
        await RequireCheckAsync(streams, wanted.CheckId, ct);
        var id = Guid.CreateVersion7();
        var (links, version) = await structure.DecideAsync(
            (topology, nameOf) =>
                topology.Create(id, wanted.CheckId is not null, wanted.ParentId, wanted.Weight ?? 1, nameOf),
            ct
        );
        var created = Node.Create(Node.Initial, id, wanted.Name, wanted.CheckId, wanted.Tags ?? []).EventsOrRefuse();
        var who = EventHeaders.Of(http);
        return new Change(
            id,
            [JournalStreams.OfNode(id, created, 0, who), JournalStreams.OfTopology(links, version, who)],
            created.Count,
            $"/api/v1/nodes/{id}"
        );
    }

    /// <summary>Refuses a leaf on a check that nobody knows.</summary>
    public static async Task RequireCheckAsync(JournalStreams streams, Guid? checkId, CancellationToken ct)
    {
        if (checkId is { } id && !await streams.IsCheckAsync(id, ct))
            throw new FaultException(Refusals.ToFault(new Refusal("unknown_check_id", $"There is no check {id}.")));
    }
}
