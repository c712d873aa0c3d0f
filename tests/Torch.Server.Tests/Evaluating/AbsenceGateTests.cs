using Microsoft.Extensions.Logging.Abstractions;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Evaluating;
using Torch.Server.Events;
using Torch.Server.Tests.Folding;
using Torch.Testing;

namespace Torch.Server.Tests.Evaluating;

public sealed class AbsenceGateTests
{
    [Fact]
    public async Task An_outage_is_recorded_before_the_first_event_after_it()
    {
        await using var database = await FoldingServer.NewDatabaseAsync();
        await using var log = new EventLog(database.DataSource);
        var time = new SkippingTime();
        var heartbeat = new Heartbeat(database.DataSource, log, time, NullLogger<Heartbeat>.Instance);
        var gate = new AbsenceGate(log, heartbeat);
        await AppendAsync(gate);
        await database.ExecuteAsync("update torch.heartbeat set at = now() - interval '20 seconds'");
        time.Skip(TimeSpan.FromSeconds(20));
        await AppendAsync(gate);
        await AppendAsync(gate);

        (await database.TextAsync("select string_agg(type, ' ' order by seq_id) from telemetry.mt_events")).ShouldBe(
            "report_received service_resumed report_received report_received"
        );
    }

    private static Task AppendAsync(AbsenceGate gate)
    {
        var check = CheckIds.OfSource("db");
        var data = EventCodec.Encode(new ReportReceived(check, "db", DateTimeOffset.UtcNow), Guid.CreateVersion7());
        var request = new AppendRequest { Streams = [new StreamAppend(Log.Telemetry, check, [data], "check")] };
        return gate.AppendAsync(request, default);
    }
}
