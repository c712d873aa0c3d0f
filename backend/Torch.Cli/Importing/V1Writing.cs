using Torch.Domain;
using Torch.Domain.Importing;
using Torch.EventStore;
using Torch.Server.Events;
using Stored = Torch.EventStore.Log;

namespace Torch.Cli.Importing;

/// <summary>Brings an import into the log. What is there already is passed over: the ids of the same dump are the same.</summary>
internal sealed class V1Writing(IEventLog log)
{
    private const int PerCommit = 500;

    // It needs no server and no key, only the database: whoever has that is who did it.
    private static readonly EventMetadata Who = new(
        Headers: new Dictionary<string, string> { ["actor"] = "torch import v1" }
    );

    /// <summary>Those of the nodes that are new.</summary>
    public async Task<List<V1NewNode>> NewAsync(V1Import import, CancellationToken ct)
    {
        var news = new List<V1NewNode>();
        foreach (var node in import.Nodes)
            if (await log.StreamVersionAsync(Stored.Journal, node.Id, ct) == 0)
                news.Add(node);
        return news;
    }

    /// <summary>Those of the reports whose check nobody has created.</summary>
    public async Task<List<V1NewReport>> NewReportsAsync(V1Import import, CancellationToken ct)
    {
        var news = new List<V1NewReport>();
        foreach (var report in import.Reports)
            if (await log.StreamVersionAsync(Stored.Journal, report.Check.CheckId, ct) == 0)
                news.Add(report);
        return news;
    }

    public async Task WriteAsync(List<V1NewNode> nodes, List<V1NewReport> reports, CancellationToken ct)
    {
        foreach (var chunk in reports.Chunk(PerCommit))
            await AppendAsync([.. chunk.Select(r => New(r.Check.CheckId, "check", [r.Check]))], ct);
        foreach (var chunk in nodes.Chunk(PerCommit))
            await AppendNodesAsync(chunk, ct);
        foreach (var chunk in reports.Where(r => r.Last is not null).Chunk(PerCommit))
            await AppendAsync(await LastValuesAsync(chunk, ct), ct);
    }

    private async Task AppendNodesAsync(V1NewNode[] nodes, CancellationToken ct)
    {
        var version = await log.StreamVersionAsync(Stored.Journal, WellKnown.Topology, ct);
        var structure = nodes.SelectMany(n => n.Structure).Select(Data).ToList();
        await AppendAsync(
            [
                new(Stored.Journal, WellKnown.Topology, structure, "topology", version),
                .. nodes.Select(n => New(n.Id, "node", n.Events)),
            ],
            ct
        );
    }

    // Scripts that report to Torch already know better than an old dump.
    private async Task<List<StreamAppend>> LastValuesAsync(V1NewReport[] reports, CancellationToken ct)
    {
        var appends = new List<StreamAppend>();
        foreach (var report in reports)
            if (await log.StreamVersionAsync(Stored.Telemetry, report.Check.CheckId, ct) == 0)
                appends.Add(new(Stored.Telemetry, report.Check.CheckId, [Data(report.Last!)], "check"));
        return appends;
    }

    private async Task AppendAsync(List<StreamAppend> streams, CancellationToken ct)
    {
        if (streams.Count == 0)
            return;
        if (await log.AppendAsync(new AppendRequest { Streams = streams }, ct) is not AppendOutcome.Appended)
            throw new InvalidOperationException(
                "somebody else changed the structure meanwhile; run the import again, and it goes on where it stopped"
            );
    }

    private static StreamAppend New(Guid id, string type, IReadOnlyList<IEvent> events) =>
        new(Stored.Journal, id, [.. events.Select(Data)], type, 0);

    private static EventData Data(IEvent @event) => EventCodec.Encode(@event, Guid.CreateVersion7(), Who);
}
