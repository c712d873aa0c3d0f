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
            .ShouldBe("""{"source":"backup/db1","at":"2026-11-21T10:30:00Z","value":42}""");
    }

    [Fact]
    public void What_the_row_says_is_not_said_again_and_is_there_when_it_is_read()
    {
        var data = EventCodec.Encode(new ReportReceived(Check, "backup/db1", default, 42), Guid.CreateVersion7());

        Encoding.UTF8.GetString(data.Data.Span).ShouldBe("""{"source":"backup/db1","value":42}""");
        EventCodec
            .Decode(Recorded(data.Type, """{"source":"backup/db1","value":42}"""))
            .ShouldBe(new ReportReceived(Check, "backup/db1", Taken, 42));
    }

    [Fact]
    public void A_report_that_names_its_check_as_the_first_ones_did_is_still_read() =>
        EventCodec
            .Decode(
                Recorded(
                    "report_received",
                    """{"checkId":"0190a000-0000-7000-8000-000000000003","source":"backup/db1","at":"2026-11-21T10:30:00Z","value":42}"""
                )
            )
            .ShouldBe(new ReportReceived(Check, "backup/db1", Taken.AddMinutes(-30), 42));

    private static readonly Guid Check = Guid.Parse("0190a000-0000-7000-8000-000000000003");
    private static readonly DateTimeOffset Taken = new(2026, 11, 21, 11, 0, 0, TimeSpan.Zero);

    private static RecordedEvent Recorded(string type, string data) =>
        new(Log.Telemetry, 1, Guid.Empty, Check, 1, type, Taken, Encoding.UTF8.GetBytes(data), null);
}
