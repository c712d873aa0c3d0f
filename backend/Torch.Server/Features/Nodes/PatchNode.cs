using System.Text.Json;
using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Nodes;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes;

internal static class PatchNode
{
    /// <summary>Rename, tag, pause or resume a node, or let a leaf show another check.</summary>
    /// <remarks>What is absent stays as it is. A change that changes nothing leaves no trace.</remarks>
    public static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        ChangeNodeValidator validator,
        Commands commands,
        JournalStreams streams
    )
    {
        var body = await http.ReadJsonAsync(validator);
        return await commands.RunAsync(http, body.Bytes, ct => DecideAsync(id, http, body, streams, ct));
    }

    private static async Task<Change> DecideAsync(
        Guid id,
        HttpContext http,
        Body<ChangeNode> body,
        JournalStreams streams,
        CancellationToken ct
    )
    {
        var wanted = body.Value;
        var (node, version) = await streams.ExistingNodeAsync(http, id);
        await PostNode.RequireCheckAsync(streams, wanted.CheckId, ct);
        var events = new List<IEvent>();
        foreach (var decide in Decisions(wanted, Clears(body.Bytes, "staleness"), Clears(body.Bytes, "servicePeriod")))
        {
            var decided = decide(node).EventsOrRefuse();
            events.AddRange(decided);
            node = decided.Aggregate(node, Node.Evolve);
        }
        var who = EventHeaders.Of(http, wanted.Reason);
        return new Change(id, [JournalStreams.OfNode(id, events, version, who)], version + events.Count);
    }

    private static IEnumerable<Func<Node, Decision>> Decisions(
        ChangeNode wanted,
        bool clearsStaleness,
        bool clearsServicePeriod
    )
    {
        if (wanted.Name is { } name)
            yield return node => node.Rename(name);
        if (wanted.Tags is { } tags)
            yield return node => node.Tag(tags);
        if (wanted.CheckId is { } checkId)
            yield return node => node.ShowCheck(checkId);
        if (wanted.Staleness is { } staleness)
            yield return node => node.ExpireAfter(staleness);
        if (clearsStaleness)
            yield return node => node.ExpireAfter(null);
        if (wanted.ServicePeriod is { } period)
            yield return node => node.ServeIn(new(period.Schedule, period.TimeZone));
        if (clearsServicePeriod)
            yield return node => node.ServeIn(null);
        if (wanted.Paused is { } paused)
            yield return node => paused ? node.Pause(wanted.Reason) : node.Resume(wanted.Reason);
    }

    // Members for which null says something other than absence: what the check or the week says counts again.
    private static bool Clears(byte[] body, string member)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Null;
    }
}
