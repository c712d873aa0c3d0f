using System.Text;
using System.Text.Json;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Tests.Events;

public sealed class EventCodecTests
{
    [Theory]
    [InlineData("ProbeCompleted", "probe_completed")]
    [InlineData("HTTPProbeFailed", "http_probe_failed")]
    [InlineData("ProbeV2", "probe_v2")]
    [InlineData("Sha256Failed", "sha_256_failed")]
    public void An_alias_is_the_class_name_as_Marten_writes_it(string name, string alias) =>
        EventAlias.Of(name).ShouldBe(alias);

    [Fact]
    public void Every_event_of_the_domain_can_be_written()
    {
        var events = typeof(Torch.Domain.IEvent)
            .Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(Torch.Domain.IEvent)));
        EventCodec.Aliases.Order().ShouldBe(events.Select(t => EventAlias.Of(t.Name)).Order());
    }

    [Fact]
    public void An_event_of_an_unknown_type_is_carried_and_not_refused() =>
        EventCodec.Decode("invented_tomorrow", """{"x":1}"""u8).ShouldBeNull();

    [Fact]
    public void An_event_of_a_known_type_with_other_data_says_so()
    {
        var recorded = Recorded("check_deleted", """{"checkId":42}""");
        EventCodec.TryDecode(recorded, out var fault).ShouldBeNull();
        fault.ShouldNotBeNull();
        Should.Throw<JsonException>(() => EventCodec.Decode(recorded));
    }

    [Fact]
    public void What_is_null_is_left_out_and_times_are_UTC()
    {
        var at = new DateTimeOffset(2026, 11, 21, 12, 30, 0, TimeSpan.FromHours(2));
        var data = EventCodec.Encode(new ReportReceived(Guid.Empty, "backup/db1", at, 42), Guid.CreateVersion7());
        Encoding
            .UTF8.GetString(data.Data.Span)
            .ShouldBe(
                """{"checkId":"00000000-0000-0000-0000-000000000000","source":"backup/db1","at":"2026-11-21T10:30:00Z","value":42}"""
            );
    }

    private static RecordedEvent Recorded(string type, string data) =>
        new(Log.Journal, 1, Guid.Empty, Guid.Empty, 1, type, default, Encoding.UTF8.GetBytes(data), null);
}
