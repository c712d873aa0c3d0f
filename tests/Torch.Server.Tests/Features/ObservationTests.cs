using Torch.Domain.Checks;
using Torch.Server.Features;

namespace Torch.Server.Tests.Features;

public sealed class ObservationTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_probe_tells_who_ran_it_what_it_reached_and_what_its_protocol_measured()
    {
        var ping = new ProbeCompleted(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            At,
            Verdicts.Up,
            Cause: null,
            Message: null,
            StatusCode: null,
            HttpVersion: null,
            Address: "192.0.2.1",
            new Latency(1, null, null, null, null, 12),
            Certificate: null,
            Headers: null,
            Text: null,
            BodyBytes: null,
            LatenessMs: 3,
            Agent: "berlin-1",
            Measures: new Dictionary<string, double> { ["icmp.loss"] = 33 }
        );

        var facts = Observations.View(ping, 7, At).Probe.ShouldNotBeNull();

        (facts.Agent, facts.Address, facts.LatenessMs).ShouldBe(("berlin-1", "192.0.2.1", 3));
        facts.Measures!["icmp.loss"].ShouldBe(33);
        facts.Texts.ShouldBeNull();
    }

    [Fact]
    public void A_report_was_told_and_not_probed()
    {
        var report = new ReportReceived(Guid.CreateVersion7(), "backup/db1", At, 42);
        Observations.View(report, 7, At).Probe.ShouldBeNull();
    }
}
