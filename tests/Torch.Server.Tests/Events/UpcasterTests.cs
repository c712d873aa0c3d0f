using System.Text.Json;
using System.Text.Json.Nodes;
using Torch.Domain.Checks;
using Torch.Server.Events;

namespace Torch.Server.Tests.Events;

/// <summary>The mechanism, on shapes that no Torch has written.</summary>
public sealed class UpcasterTests
{
    private const string Report = "report_received";
    private const string Check = "0198c1e5-0000-7000-8000-000000000001";

    // First a report said "ok", then "level", today "status".
    private static readonly Upcasters Old = new([
        new(
            Report,
            json => json.ContainsKey("ok"),
            json => With(json, "ok", "level", ok => (bool)ok! ? "fine" : "bad")
        ),
        new(
            Report,
            json => json.ContainsKey("level"),
            json => With(json, "level", "status", level => (string)level! == "fine" ? "up" : "down")
        ),
    ]);

    [Theory]
    [InlineData("\"ok\":false", "down")]
    [InlineData("\"ok\":true", "up")]
    [InlineData("\"level\":\"bad\"", "down")]
    [InlineData("\"status\":\"degraded\"", "degraded")]
    public void Every_shape_that_an_event_ever_had_can_be_read(string member, string status)
    {
        var report = Read($$"""{"checkId":"{{Check}}","source":"a","at":"2026-11-21T10:30:00Z",{{member}}}""");
        report.Status.ShouldBe(status);
        report.CheckId.ShouldBe(new Guid(Check));
    }

    [Fact]
    public void An_event_without_old_shapes_is_left_as_it_is() =>
        Old.Lift("check_deleted", "not even JSON"u8).ShouldBeNull();

    [Fact]
    public void Data_that_is_no_object_is_refused() =>
        Should.Throw<JsonException>(() => EventCodec.Decode(Report, "[1]"u8, Old));

    private static ReportReceived Read(string json) =>
        EventCodec.Decode(Report, System.Text.Encoding.UTF8.GetBytes(json), Old).ShouldBeOfType<ReportReceived>();

    private static JsonObject With(JsonObject json, string from, string to, Func<JsonNode?, string> value)
    {
        json[to] = value(json[from]);
        json.Remove(from);
        return json;
    }
}
