namespace Torch.EventStore.Tests;

public sealed class AppendTests(LogFixture fixture) : IClassFixture<LogFixture>
{
    private readonly EventLog _log = fixture.Log;

    [Fact]
    public async Task Versions_count_from_one_in_each_stream()
    {
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var request = new AppendRequest
        {
            Streams =
            [
                new StreamAppend(Log.Telemetry, one, Some.Events(2)),
                new StreamAppend(Log.Journal, two, Some.Events(1)),
                new StreamAppend(Log.Telemetry, one, Some.Events(1)),
            ],
        };

        (await _log.MustAppendAsync(request)).Versions.ShouldBe([2, 1, 3]);
        (await _log.MustAppendAsync(request)).Versions.ShouldBe([5, 2, 6]);
        (await _log.StreamVersionAsync(Log.Telemetry, one, CancellationToken.None)).ShouldBe(6);
    }

    [Fact]
    public async Task An_event_reads_as_it_was_written()
    {
        var stream = Guid.CreateVersion7();
        var headers = new Dictionary<string, string> { ["actor"] = "ann", ["reason"] = "because" };
        var written = Some.Event("node_created", """{"name":"Ä\"x"}""") with
        {
            Metadata = new EventMetadata("c1", "c2", headers),
        };

        var appended = await _log.MustAppendAsync(Some.Append(Log.Journal, stream, written));

        var read = (await _log.ReadStreamAsync(new StreamRead(Log.Journal, stream))).ShouldHaveSingleItem();
        read.Id.ShouldBe(written.Id);
        read.Type.ShouldBe("node_created");
        read.Text().ShouldBe("""{"name": "Ä\"x"}""");
        read.Position.ShouldBe(appended.Position);
        read.Timestamp.ShouldBe(appended.Timestamp);
        read.Metadata!.CorrelationId.ShouldBe("c1");
        read.Metadata.CausationId.ShouldBe("c2");
        read.Metadata.Headers.ShouldBe(headers);
    }
}
