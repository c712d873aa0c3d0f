using System.Buffers;
using Torch.Contracts;
using Torch.Probes.Http;

namespace Torch.Probes.Feed;

/// <summary>A JSON list of devices over HTTP: up where it could be read, whatever it says of them.</summary>
internal static class FeedProbe
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const int Chunk = 16 * 1024;

    public static Task<ProbeCompleted> RunAsync(
        RunProbe run,
        ProbeContext context,
        CancellationToken cancellationToken
    ) =>
        ProbeFrame.RunAsync(
            run,
            context,
            (recording, over) => AskAsync(run.Settings.Feed, context, recording, over),
            cancellationToken
        );

    private static async Task AskAsync(
        FeedSettings? feed,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        if (feed is null)
            throw ProbeFault.Local("The check has no feed settings.");
        var plan = HttpPlan.Of(new HttpSettings(feed.Url, Headers: feed.Headers, Auth: feed.Auth));
        using var exchange = new HttpExchange(plan, plan.First, context, recording);
        using var response = await exchange.SendAsync(cancellationToken);
        HttpAnswer.Record(response, recording);
        plan.Judge.Decide(response, "", recording);
        recording.Phase = "reading the list";
        var body = await ReadAsync(response, recording, cancellationToken);
        recording.Transferred(exchange.FirstByte);
        var list = FeedList.Read(body, feed);
        recording.Items = list.Items;
        recording.Measures["feed.items"] = list.Items.Count;
        recording.Measures["feed.skipped"] = list.Skipped;
    }

    // Of what is unpacked: a few hundred bytes may mean many megabytes.
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage response,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        var kept = new ArrayBufferWriter<byte>();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (await body.ReadAsync(kept.GetMemory(Chunk)[..Chunk], cancellationToken) is > 0 and var read)
        {
            kept.Advance(read);
            recording.BodyBytes = kept.WrittenCount;
            if (kept.WrittenCount > MaxBytes)
                throw new ProbeFault("body", $"The list is larger than {MaxBytes / 1024 / 1024} MiB.");
        }
        return kept.WrittenMemory;
    }
}
