using Torch.Domain.Checks;
using Torch.Domain.Rules;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>Every field that an observation can carry, asked for by a rule on a leaf.</summary>
public sealed class FieldTests
{
    private const string Body = """
        {"ok": true, "status": "green", "queue": {"length": 12, "a.b": "x"}, "checks": [{"n": 1}, {"n": 2.5}], "cut": "he
        """;

    [Theory]
    [InlineData("statusCode in (500..599)")]
    [InlineData("body matches /\"ok\":\\s*true/")]
    [InlineData("body not matches /red/")]
    [InlineData("json[\"ok\"] is true")]
    [InlineData("json[\"$.status\"] in (\"green\", \"blue\")")]
    [InlineData("json(\"queue.length\") > 11 and json[\"queue.length\"] < 13")]
    [InlineData("json[\"queue['a.b']\"] = \"x\"")]
    [InlineData("json[\"checks[1].n\"] = 2.5")]
    [InlineData("header[\"Server\"] contains \"nginx\"")]
    [InlineData("header[\"x-left\"] between 1 and 5")]
    [InlineData("bodyBytes = 100")]
    [InlineData("redirects = 2")]
    [InlineData("httpVersion is 1.1 and httpVersion = \"1.1\"")]
    [InlineData("tlsVersion < 1.3 and tlsVersion = \"1.2\"")]
    [InlineData("cert.daysLeft < 14")]
    [InlineData("cert.subject contains \"shop\" and cert.issuer = \"CN=CA\"")]
    [InlineData("latency.total > 500ms and latency.firstByte = 40ms and latency.resolve < latency.total", true)]
    [InlineData("latency.total = 900 and latency.resolve = 1 and latency.connect = 2 and latency.tls = 3")]
    [InlineData("latency.transfer = 5ms")]
    [InlineData("tcp.connect = 2ms")]
    [InlineData("dns.rcode is SERVFAIL and dns.answers = 3 and dns.ttl < 1m")]
    [InlineData("icmp.loss >= 20 and icmp.rtt < 100ms")]
    [InlineData("metrics[\"custom\"] = 7")]
    [InlineData("outcome is down and cause is status_code and message contains \"503\"")]
    [InlineData("address = \"192.0.2.1\" and agent is local")]
    public void A_probes_fields_can_be_asked_for(string when, bool refused = false)
    {
        if (refused)
            RuleText.Parse(when).Error.ShouldNotBeNull();
        else
            Probed(when).ShouldBe("critical");
    }

    [Theory]
    [InlineData("json[\"missing\"] is true")]
    [InlineData("json[\"queue\"] is true")]
    [InlineData("json[\"cut\"] is not true")]
    [InlineData("json[\"status\"] > 0")]
    [InlineData("json[\"checks[2].n\"] != 0")]
    [InlineData("header[\"etag\"] != \"x\"")]
    [InlineData("value > 0")]
    [InlineData("icmp.jitter >= 0ms")]
    public void A_field_that_the_observation_does_not_have_gives_no_answer(string when)
    {
        Probed(when).ShouldBe("down");
        Probed($"not {when}").ShouldBe("down");
    }

    [Theory]
    [InlineData("message contains \"timeout\"")]
    [InlineData("message matches /time.ut/")]
    [InlineData("exitCode != 0")]
    [InlineData("metrics[\"disk.used\"] >= 0.9")]
    [InlineData("value = 4 and title is backup and source = \"L\"")]
    [InlineData("outcome is up")]
    [InlineData("age <= 5m")]
    public void A_reports_text_exit_code_metrics_and_age_can_be_asked_for(string when)
    {
        var world = new World().Leaf("L").Rules("L", (when, "critical"));
        var metrics = new Dictionary<string, double> { ["exitCode"] = 2, ["disk.used"] = 0.95 };
        world.Fold(new ReportReceived(World.CheckOf("L"), "L", world.Now, 4, null, "a timeout", "backup", metrics));
        world.Status("L").ShouldBe("critical");
    }

    private static string Probed(string when)
    {
        var world = new World().Leaf("L").Rules("L", (when, "critical"));
        var probe = new ProbeCompleted(
            World.CheckOf("L"),
            Guid.Empty,
            world.Now,
            "down",
            "status_code",
            "503 is not expected",
            503,
            "1.1",
            "192.0.2.1",
            new(1, 2, 3, 40, 5, 900),
            new("CN=shop.example", "CN=CA", world.Now.AddDays(3), 3),
            new Dictionary<string, string> { ["server"] = "nginx/1.2", ["x-left"] = "5" },
            Body,
            100,
            0,
            "local",
            new Dictionary<string, double>
            {
                ["redirects"] = 2,
                ["dns.answers"] = 3,
                ["dns.ttl"] = 30_000,
                ["icmp.loss"] = 20,
                ["icmp.rtt"] = 80,
                ["custom"] = 7,
            },
            new Dictionary<string, string> { ["tlsVersion"] = "1.2", ["dns.rcode"] = "SERVFAIL" }
        );
        return world.Fold(probe).Status("L");
    }
}
