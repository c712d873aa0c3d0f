using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Torch.Domain;
using Torch.Server.Events;

namespace Torch.Conventions.Tests.Events;

/// <summary>These names and shapes are on disk, in the logs of people. A change here needs an upcaster, not a new snapshot.</summary>
public sealed class EventSnapshotTests
{
    [Fact]
    public void Every_event_is_written_as_the_committed_snapshot_says()
    {
        var written = string.Concat(EventSamples.All.Select(Line).Order(StringComparer.Ordinal));
        written.ShouldBe(File.ReadAllText(SnapshotPath()));
    }

    [Fact]
    public void Every_event_reads_back_as_it_was_written()
    {
        foreach (var sample in EventSamples.All)
        {
            var data = EventCodec.Encode(sample, Guid.CreateVersion7());
            var read = EventCodec.Decode(data.Type, data.Data.Span).ShouldNotBeNull();
            Line(read).ShouldBe(Line(sample));
        }
    }

    [Fact]
    public void The_snapshot_holds_every_event_of_the_domain()
    {
        var events = typeof(IEvent)
            .Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IEvent)));
        EventSamples.All.Select(e => e.GetType().Name).Order().ShouldBe(events.Select(t => t.Name).Order());
    }

    private static string Line(IEvent @event)
    {
        var data = EventCodec.Encode(@event, Guid.CreateVersion7());
        using var json = JsonDocument.Parse(data.Data);
        return $"{data.Type} {Encoding.UTF8.GetString(data.Data.Span)}\n";
    }

    private static string SnapshotPath([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "events.snapshot.txt");
}
