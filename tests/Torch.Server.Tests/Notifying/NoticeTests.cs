using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Torch.Server.Tests.Features;
using Torch.Testing;

namespace Torch.Server.Tests.Notifying;

/// <summary>From a report to a receiver: a real server, a real listener.</summary>
public sealed class NoticeTests : TorchTest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public async Task A_fault_reaches_a_webhook_signed_with_why_and_a_link_and_its_end_too()
    {
        await using var receiver = await Receiver.StartAsync();
        var world = new NodeWorld(_client);
        var shop = await world.GroupAsync("Shop");
        var (leaf, source) = await world.LeafAsync("Payments", shop);
        await RuleAsync(await WebhookAsync(receiver.Url + "/hook?token=planted-7f3a"));
        await world.ReportAsync(source, "down");
        await Eventually.IsTrueAsync(() => receiver.All.Count == 1, Limit);
        var first = receiver.All.First();
        Verify(first, Secret).ShouldBeTrue();
        first.Json.Text("type").ShouldBe("incident.problem");
        var incident = first.Json.GetProperty("data").GetProperty("incidents")[0];
        incident.Text("name").ShouldBe("Payments");
        incident.Text("path").ShouldBe("Shop");
        incident.Text("reason").ShouldNotBeNullOrEmpty();
        incident.Text("url").ShouldEndWith($"/nodes/{leaf}");
        incident.Many("affected").Select(a => a.GetString()).ShouldBe(["Shop"]);
        await world.ReportAsync(source, "up");
        await Eventually.IsTrueAsync(() => receiver.All.Count == 2, Limit);
        receiver.All.Last().Json.Text("type").ShouldBe("incident.recovery");
        receiver.All.Last().Id.ShouldNotBe(first.Id);
        var end = receiver.All.Last().Json.GetProperty("data").GetProperty("incidents")[0].Text("reason");
        var log = await UntilAsync("/api/v1/notices", l => l.Items().Count == 2 && IsDelivered(l.Items()[0]));
        log.Items()[1].Many("deliveries")[0].Text("detail").ShouldBe("HTTP 200");
        var incidents = await _client.FetchAsync("/api/v1/incidents?state=ended");
        incidents.Items()[0].Text("nodeId").ShouldBe(leaf);
        incidents.Items()[0].Text("firstReason").ShouldBe(incident.Text("reason"));
        incidents.Items()[0].Text("reason").ShouldBe(incident.Text("reason"));
        incidents.Items()[0].Text("endReason").ShouldBe(end);
        end.ShouldNotBe(incident.Text("reason"));
        (await _client.GetStringAsync("/api/v1/channels")).ShouldNotContain("planted");
        (await _client.GetStringAsync("/api/v1/events?limit=1000")).ShouldNotContain("planted");
    }

    [Fact]
    public async Task A_failed_attempt_is_made_again_with_the_same_id()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = n => n == 1 ? Results.StatusCode(500) : Results.Ok();
        var world = new NodeWorld(_client);
        var (_, source) = await world.LeafAsync("Payments");
        await RuleAsync(await WebhookAsync(receiver.Url));
        await world.ReportAsync(source, "down");
        await Eventually.IsTrueAsync(() => receiver.All.Count == 2, Limit);
        receiver.All.Select(r => r.Id).Distinct().ShouldHaveSingleItem();
        var log = await UntilAsync("/api/v1/notices", l => l.Items().Count == 1 && IsDelivered(l.Items()[0]));
        log.Items()[0].Many("deliveries")[0].Number("attempts").ShouldBe(2);
        var id = log.Items()[0].Text("id");
        var channel = log.Items()[0].Many("deliveries")[0].Text("channelId");
        await world.DoAsync("POST", $"/api/v1/notices/{id}/channels/{channel}/replay");
        await Eventually.IsTrueAsync(() => receiver.All.Count == 3, Limit);
        receiver.All.Select(r => r.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_was_raised_arrives_although_its_rule_is_deleted_meanwhile()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = n => n == 1 ? Results.StatusCode(503) : Results.Ok();
        var world = new NodeWorld(_client);
        var (_, source) = await world.LeafAsync("Payments");
        var rule = await RuleAsync(await WebhookAsync(receiver.Url));
        await world.ReportAsync(source, "down");
        await Eventually.IsTrueAsync(() => receiver.All.Count == 1, Limit);
        await world.DoAsync("DELETE", $"/api/v1/notices/rules/{rule.Text("id")}");
        await Eventually.IsTrueAsync(() => receiver.All.Count == 2, Limit);
        receiver.All.Select(r => r.Id).Distinct().ShouldHaveSingleItem();
        await UntilAsync("/api/v1/notices", l => l.Items().Count == 1 && IsDelivered(l.Items()[0]));
        // Nobody is told of the end: nothing is in force that would.
        await world.ReportAsync(source, "up");
        await UntilAsync("/api/v1/incidents?state=ended", l => l.Items().Count == 1);
        receiver.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_sent_nothing_more()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => Results.StatusCode(410);
        var world = new NodeWorld(_client);
        var (_, source) = await world.LeafAsync("Payments");
        var channel = await WebhookAsync(receiver.Url);
        await RuleAsync(channel);
        await world.ReportAsync(source, "down");
        var view = await UntilAsync(
            $"/api/v1/channels/{channel}",
            c => c.TryGetProperty("disabledBecause", out var b) && b.ValueKind == JsonValueKind.String
        );
        view.Text("disabledBecause").ShouldStartWith("HTTP 410");
        await world.ReportAsync(source, "up");
        await UntilAsync(
            "/api/v1/notices",
            l => l.Items().Count == 2 && l.Items()[0].Many("deliveries")[0].Text("state") == "failed"
        );
        receiver.All.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => Results.Redirect(receiver.Url + "/elsewhere", permanent: true, preserveMethod: true);
        var test = await TestAsync(await WebhookAsync(receiver.Url + "/here"));
        test.GetProperty("delivered").GetBoolean().ShouldBeFalse();
        test.Text("detail").ShouldStartWith("HTTP 308");
        receiver.All.Select(r => r.Path).ShouldBe(["/here"]);
    }

    [Theory]
    [InlineData("false", "http://127.0.0.1:9/")]
    [InlineData("true", "http://169.254.169.254/latest/meta-data")]
    [InlineData("true", "http://[::ffff:169.254.169.254]/")]
    public async Task A_channel_reaches_no_address_that_the_policy_forbids(string allowPrivate, string url)
    {
        await using var torch = await TorchFactory.StartAsync(("ALLOW_PRIVATE_TARGETS", allowPrivate));
        using var client = torch.Client();
        var json = $$"""{"name":"hook","kind":"webhook","url":"{{url}}"}""";
        var channel = (await client.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/channels", json)).Text("id");
        var test = await client.ExpectAsync(HttpStatusCode.OK, "POST", $"/api/v1/channels/{channel}/test");
        test.GetProperty("delivered").GetBoolean().ShouldBeFalse();
        test.Text("detail").ShouldContain("policy");
    }

    [Fact]
    public async Task While_a_secret_rotates_messages_carry_both_signatures()
    {
        await using var receiver = await Receiver.StartAsync();
        var channel = await WebhookAsync(receiver.Url);
        var rotated = await _client.ExpectAsync(HttpStatusCode.OK, "POST", $"/api/v1/channels/{channel}/secret");
        (await TestAsync(channel)).GetProperty("delivered").GetBoolean().ShouldBeTrue();
        var message = receiver.All.ShouldHaveSingleItem();
        Verify(message, Secret).ShouldBeTrue();
        Verify(message, rotated.Text("secret")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("slack", "attachments")]
    [InlineData("mattermost", "attachments")]
    [InlineData("discord", "embeds")]
    [InlineData("teams", "attachments")]
    public async Task Chat_services_get_their_own_shape(string kind, string member)
    {
        await using var receiver = await Receiver.StartAsync();
        var world = new NodeWorld(_client);
        var (leaf, source) = await world.LeafAsync("<Payments> & co");
        await RuleAsync(await ChannelAsync($$"""{"name":"chat","kind":"{{kind}}","url":"{{receiver.Url}}/hook"}"""));
        await world.ReportAsync(source, "down");
        await Eventually.IsTrueAsync(() => receiver.All.Count == 1, Limit);
        var message = receiver.All.First().Json;
        message.Many(member).ShouldHaveSingleItem().ToString().ShouldContain($"/nodes/{leaf}");
    }

    [Fact]
    public async Task Alertmanager_gets_an_alert_that_ends_with_the_incident()
    {
        await using var receiver = await Receiver.StartAsync();
        var world = new NodeWorld(_client);
        var (_, source) = await world.LeafAsync("Payments");
        await RuleAsync(await ChannelAsync($$"""{"name":"am","kind":"alertmanager","url":"{{receiver.Url}}/"}"""));
        await world.ReportAsync(source, "down");
        await Eventually.IsTrueAsync(() => receiver.All.Count == 1, Limit);
        await world.ReportAsync(source, "up");
        await Eventually.IsTrueAsync(() => receiver.All.Count == 2, Limit);
        receiver.All.ShouldAllBe(r => r.Path == "/api/v2/alerts");
        var (began, ended) = (receiver.All.First().Json[0], receiver.All.Last().Json[0]);
        began.GetProperty("labels").ToString().ShouldBe(ended.GetProperty("labels").ToString());
        began.GetProperty("endsAt").GetDateTimeOffset().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow());
        ended.GetProperty("endsAt").GetDateTimeOffset().ShouldBeLessThan(TimeProvider.System.GetUtcNow().AddMinutes(1));
    }

    [Fact]
    public async Task A_mail_goes_out_in_text_and_html_and_its_password_stays_secret()
    {
        await using var server = new MailServer();
        var channel = await ChannelAsync(
            $$"""
            {"name":"mail","kind":"email","email":{"host":"127.0.0.1","port":{{server.Port}},"security":"none",
            "from":"torch@shop.example","to":["ops@shop.example","on-call@shop.example"],"user":"torch","password":"planted-9c1e"} }
            """
        );
        var world = new NodeWorld(_client);
        var (leaf, source) = await world.LeafAsync("Zahlungen für alle");
        await RuleAsync(channel);
        await world.ReportAsync(source, "down");
        await Eventually.IsTrueAsync(() => server.All.Count == 1, Limit);
        var mail = server.All.First();
        (mail.From, mail.Login).ShouldBe(("<torch@shop.example>", "\0torch\0planted-9c1e"));
        mail.To.ShouldBe(["<ops@shop.example>", "<on-call@shop.example>"]);
        mail.Data.ShouldContain("Message-ID: <");
        var parts = mail.Data.Split("base64\n\n").Skip(1).Select(p => p.Split("\n--")[0].ReplaceLineEndings(""));
        var texts = parts.Select(p => Encoding.UTF8.GetString(Convert.FromBase64String(p))).ToList();
        texts.Count.ShouldBe(2);
        texts.ShouldAllBe(t => t.Contains($"/nodes/{leaf}"));
        texts[0].ShouldContain("Zahlungen für alle is down");
        (await _client.GetStringAsync($"/api/v1/channels/{channel}")).ShouldNotContain("planted");
    }

    [Fact]
    public async Task A_mail_server_that_offers_no_protection_gets_nothing_unless_the_channel_says_so()
    {
        await using var server = new MailServer();
        var channel = await ChannelAsync(
            $$"""
            {"name":"mail","kind":"email","email":{"host":"127.0.0.1","port":{{server.Port}},
            "from":"torch@shop.example","to":["ops@shop.example"]} }
            """
        );
        var test = await TestAsync(channel);
        test.GetProperty("delivered").GetBoolean().ShouldBeFalse();
        test.Text("detail").ShouldContain("STARTTLS");
        server.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_at_once_are_one_digest()
    {
        await using var receiver = await Receiver.StartAsync();
        var world = new NodeWorld(_client);
        var sources = new List<string>();
        for (var i = 0; i < 12; i++)
            sources.Add((await world.LeafAsync($"Leaf {i}")).Source);
        await RuleAsync(await WebhookAsync(receiver.Url), ""","gather":"PT2S" """);
        var reports = string.Join(',', sources.Select(s => $$"""{"source":"{{s}}","status":"down"}"""));
        await _client.ExpectAsync(HttpStatusCode.Accepted, "POST", "/api/v1/reports/batch", $"[{reports}]");
        await Eventually.IsTrueAsync(() => !receiver.All.IsEmpty, Limit);
        var message = receiver.All.ShouldHaveSingleItem().Json;
        message.Text("type").ShouldBe("incident.digest");
        message.GetProperty("data").Many("incidents").Count.ShouldBe(12);
    }

    [Theory]
    [InlineData("""{"name":"x","kind":"webhook"}""", HttpStatusCode.UnprocessableEntity, "/url")]
    [InlineData("""{"name":"x","kind":"webhook","url":"ftp://a"}""", HttpStatusCode.BadRequest, "/url")]
    [InlineData("""{"name":"x","kind":"slack","url":"http://u:p@a/"}""", HttpStatusCode.BadRequest, "/url")]
    [InlineData("""{"name":"x","kind":"email"}""", HttpStatusCode.UnprocessableEntity, "/email")]
    [InlineData(
        """{"name":"x","kind":"email","email":{"host":"a","from":"a@b","to":["a@b\r\nRCPT TO:<c@d>"]}}""",
        HttpStatusCode.BadRequest,
        "/email/to/0"
    )]
    [InlineData(
        """{"name":"x","kind":"webhook","url":"http://a","signingSecret":"short"}""",
        HttpStatusCode.BadRequest,
        "/signingSecret"
    )]
    public async Task Bad_channels_are_refused_with_the_member(string json, HttpStatusCode status, string pointer)
    {
        var problem = await _client.ExpectAsync(status, "POST", "/api/v1/channels", json);
        problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldContain(pointer);
    }

    private async Task<string> ChannelAsync(string json) =>
        (await _client.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/channels", json)).Text("id");

    private Task<string> WebhookAsync(string url) =>
        ChannelAsync($$"""{"name":"hook","kind":"webhook","url":"{{url}}","signingSecret":"{{Secret}}"}""");

    private Task<JsonElement> RuleAsync(string channel, string more = ""","gather":"PT0S" """) =>
        _client.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/notices/rules",
            $$"""{"name":"all","channelIds":["{{channel}}"]{{more}}}"""
        );

    private Task<JsonElement> TestAsync(string channel) =>
        _client.ExpectAsync(HttpStatusCode.OK, "POST", $"/api/v1/channels/{channel}/test");

    private async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> holds)
    {
        JsonElement seen = default;
        await Eventually.IsTrueAsync(async () => holds(seen = await _client.FetchAsync(path)), Limit);
        return seen;
    }

    private static bool IsDelivered(JsonElement notice) =>
        notice.Many("deliveries").All(d => d.Text("state") == "delivered");

    private static bool Verify(Received message, string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{message.Id}.{message.Headers["webhook-timestamp"]}.");
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. signed, .. message.Body]));
        return message.Headers["webhook-signature"].Split(' ').Contains(expected);
    }
}
