using System.Text.Json;
using Torch.Testing;

namespace Torch.Cli.Tests;

/// <summary>Checks from the command line, against a real Torch and a real target.</summary>
public sealed class ChecksTests(SharedTorch torch) : IAsyncLifetime
{
    private Target _target = null!;

    public async ValueTask InitializeAsync() => _target = await Target.StartAsync();

    public async ValueTask DisposeAsync() => await _target.DisposeAsync();

    [Fact]
    public async Task A_check_is_added_placed_listed_shown_run_changed_and_removed()
    {
        var added = await torch.RunAsync(
            ExitCodes.Success,
            [
                "checks",
                "add",
                _target.Url("/hello"),
                "--name",
                "0 greeting",
                "--regex",
                "wor.d",
                "--interval",
                "1m",
                "--place-under",
                "Greetings",
            ]
        );
        added.ShouldStartWith("added 0 greeting (http) below Greetings: ");

        var list = await torch.RunAsync(ExitCodes.Success, "checks", "list", "--numbered");
        var row = list.Split('\n').First(l => l.Contains(" greeting "));
        row.ShouldContain("http");
        row.ShouldContain("1m");
        row.ShouldEndWith(_target.Url("/hello"));
        // Digits come first, so that no other test's check moves it.
        var number = row.Split(' ')[0];

        var shown = await torch.RunAsync(ExitCodes.Success, "checks", "show", number);
        shown.ShouldContain("http.expect.bodyMatches");
        (await torch.RunAsync(ExitCodes.Success, "checks", "run", "0 greeting")).ShouldStartWith("up  200  ");
        var json = JsonElement.Parse(await torch.RunAsync(ExitCodes.Success, "checks", "run", "0 greeting", "--json"));
        json.GetProperty("statusCode").GetInt32().ShouldBe(200);

        await torch.RunAsync(
            ExitCodes.Success,
            "checks",
            "update",
            "0 greeting",
            "--regex",
            "mars",
            "--interval",
            "2m"
        );
        (await torch.RunAsync(ExitCodes.Failed, "checks", "run", "0 greeting")).ShouldStartWith("down  200  body  ");
        await torch.RunAsync(ExitCodes.Success, "checks", "update", "0 greeting", "--regex", "");
        (await torch.RunAsync(ExitCodes.Success, "checks", "run", "0 greeting")).ShouldStartWith("up");
        await Eventually.IsTrueAsync(async () =>
            (await Cli.RunAsync("status", "Greetings/0 greeting", "--server", torch.Address)).ExitCode
            == ExitCodes.Success
        );

        await torch.RunAsync(ExitCodes.Server, "checks", "remove", "0 greeting", "--yes");
        await torch.RunAsync(ExitCodes.Success, "checks", "remove", "0 greeting", "--with-nodes", "--yes");
        await torch.RunAsync(ExitCodes.Server, "checks", "show", "0 greeting");
    }

    [Fact]
    public async Task A_target_is_tried_without_making_a_check()
    {
        string[] tried = ["checks", "try", _target.Url("/hello"), "--regex"];
        (await torch.RunAsync(ExitCodes.Success, [.. tried, "wor.d"])).ShouldStartWith("up  200  ");
        (await torch.RunAsync(ExitCodes.Failed, [.. tried, "mars"])).ShouldStartWith("down  200  body  ");
        var json = JsonElement.Parse(await torch.RunAsync(ExitCodes.Success, [.. tried, "wor.d", "--json"]));
        json.GetProperty("position").GetInt64().ShouldBe(0);
        (await torch.RunAsync(ExitCodes.Success, "checks", "list")).ShouldNotContain(_target.Url("/hello"));
    }

    [Fact]
    public async Task A_report_becomes_expected_and_what_is_shown_stays()
    {
        await torch.RunAsync(
            ExitCodes.Success,
            "checks",
            "add",
            "nightly/backup",
            "--kind",
            "report",
            "--staleness",
            "1d"
        );
        await torch.RunAsync(
            ExitCodes.Success,
            ["checks", "update", "nightly/backup", "--kind", "heartbeat", "--interval", "1d", "--grace", "1h"]
        );
        (await torch.RunAsync(ExitCodes.Success, "checks", "show", "nightly/backup")).ShouldContain("heartbeat");
        await torch.RunAsync(ExitCodes.Success, "checks", "update", "nightly/backup", "--kind", "report");
        var shown = await torch.RunAsync(ExitCodes.Success, "checks", "show", "nightly/backup");
        shown.ShouldContain("report");
        shown.ShouldContain("P1D");
    }

    [Fact]
    public async Task Every_setting_of_http_has_a_flag()
    {
        await torch.RunAsync(
            ExitCodes.Success,
            [
                "checks",
                "add",
                _target.Url("/all"),
                "--name",
                "all of http",
                "--method",
                "POST",
                "--header",
                "X-One: 1",
                "--header",
                "X-Two: 2",
                "--body",
                "{}",
                "--basic",
                "torch:secret",
                "--follow",
                "3",
                "--http-version",
                "1.1",
                "--expect-status",
                "200,300-399",
                "--not-regex",
                "error",
                "--expect-header",
                "X-Said: yes",
                "--expect-json",
                "$.a=b",
                "--expect-json",
                "$.c~^d",
                "--max-body",
                "1000",
                "--ignore-certificate",
                "--server-name",
                "example.org",
                "--address-family",
                "ipv4",
                "--timeout",
                "2s",
                "--interval",
                "30",
                "--staleness",
                "1h",
                "--enabled",
                "false",
            ]
        );
        var check = await ShowAsync("all of http");
        check.GetProperty("interval").GetString().ShouldBe("PT30S");
        check.GetProperty("timeout").GetString().ShouldBe("PT2S");
        check.GetProperty("staleness").GetString().ShouldBe("PT1H");
        check.GetProperty("enabled").GetBoolean().ShouldBeFalse();
        var http = check.GetProperty("http");
        http.GetProperty("method").GetString().ShouldBe("POST");
        http.GetProperty("headers").GetProperty("X-Two").GetString().ShouldBe("2");
        http.GetProperty("auth").GetProperty("basic").GetProperty("password").GetString().ShouldBe("********");
        http.GetProperty("followRedirects").GetInt32().ShouldBe(3);
        http.GetProperty("version").GetString().ShouldBe("1.1");
        http.GetProperty("ignoreCertificate").GetBoolean().ShouldBeTrue();
        http.GetProperty("serverName").GetString().ShouldBe("example.org");
        http.GetProperty("addressFamily").GetString().ShouldBe("ipv4");
        var expect = http.GetProperty("expect");
        expect.GetProperty("statusCodes").EnumerateArray().Select(c => c.GetString()).ShouldBe(["200", "300-399"]);
        expect.GetProperty("bodyDoesNotMatch").GetString().ShouldBe("error");
        expect.GetProperty("headers").GetProperty("X-Said").GetString().ShouldBe("yes");
        expect.GetProperty("json")[0].GetProperty("equals").GetString().ShouldBe("b");
        expect.GetProperty("json")[1].GetProperty("matches").GetString().ShouldBe("^d");
        expect.GetProperty("maxBodyBytes").GetInt32().ShouldBe(1000);

        var asked = _target.Received("/all");
        await Cli.RunAsync("checks", "run", "all of http", "--server", torch.Address);
        (await asked).ShouldBe("POST 1 2 Basic dG9yY2g6c2VjcmV0 {}");
    }

    [Theory]
    [InlineData(
        "tcp://127.0.0.1:25",
        "--step",
        "expect:^220",
        "tcp",
        """{"host":"127.0.0.1","port":25,"steps":[{"expect":"^220"}]}"""
    )]
    [InlineData("tls://[::1]:993", "--days-left", "14", "tls", """{"host":"::1","port":993,"daysLeft":14}""")]
    [InlineData(
        "dns://example.org",
        "--answer",
        "192.0.2.1",
        "dns",
        """{"name":"example.org","expect":{"answers":["192.0.2.1"]}}"""
    )]
    [InlineData("icmp://127.0.0.1", "--count", "5", "icmp", """{"host":"127.0.0.1","count":5}""")]
    [InlineData(
        "postgres://torch@127.0.0.1:5433/shop",
        "--query",
        "select 2",
        "postgres",
        """{"host":"127.0.0.1","port":5433,"user":"torch","database":"shop","query":"select 2"}"""
    )]
    [InlineData(
        "http://127.0.0.1:1/devices",
        "--status",
        "online=up",
        "feed",
        """{"url":"http://127.0.0.1:1/devices","statuses":{"online":"up"}}"""
    )]
    public async Task Every_kind_has_its_target_and_its_flags(
        string target,
        string flag,
        string value,
        string kind,
        string settings
    )
    {
        _target.Body = """{"id":"0197f1c0-0000-7000-8000-000000000001","position":1,"version":1}""";
        var asked = _target.Received("/api/v1/checks");
        string[] add = ["checks", "add", target, "--kind", kind, flag, value, "--server", _target.Url("")];
        await Cli.RunAsync(ExitCodes.Success, add);
        var sent = JsonElement.Parse((await asked).Split(' ', 5)[4]);
        sent.GetProperty("kind").GetString().ShouldBe(kind);
        sent.GetProperty("interval").GetString().ShouldBe("PT30S");
        sent.GetProperty(kind).GetRawText().ShouldBe(settings);
    }

    [Fact]
    public async Task A_report_is_a_check_too()
    {
        await torch.RunAsync(ExitCodes.Success, "checks", "add", "nightly", "--kind", "report", "--staleness", "1d");
        (await ShowAsync("nightly")).GetProperty("source").GetString().ShouldBe("nightly");
    }

    [Fact]
    public async Task A_heartbeat_has_its_source_and_its_grace()
    {
        await torch.RunAsync(
            ExitCodes.Success,
            ["checks", "add", "hourly", "--kind", "heartbeat", "--interval", "1h", "--grace", "5m"]
        );
        await torch.RunAsync(ExitCodes.Success, "report", "hourly", "1");
        await torch.RunAsync(ExitCodes.Success, "checks", "update", "hourly", "--grace", "10m");
        var check = await ShowAsync("hourly");
        check.GetProperty("source").GetString().ShouldBe("hourly");
        check.GetProperty("grace").GetString().ShouldBe("PT10M");
    }

    [Fact]
    public async Task A_check_goes_by_the_clock_and_back_to_an_interval()
    {
        await torch.RunAsync(
            ExitCodes.Success,
            [
                "checks",
                "add",
                _target.Url("/cron"),
                "--name",
                "croned",
                "--cron",
                "0 6 * * *",
                "--time-zone",
                "Asia/Tokyo",
            ]
        );
        var check = await ShowAsync("croned");
        check.GetProperty("cron").GetString().ShouldBe("0 6 * * *");
        check.GetProperty("timeZone").GetString().ShouldBe("Asia/Tokyo");
        await torch.RunAsync(ExitCodes.Success, "checks", "update", "croned", "--interval", "1m");
        (await ShowAsync("croned")).GetProperty("interval").GetString().ShouldBe("PT1M");
    }

    [Theory]
    [InlineData("is no URL such as https://example.org", "checks", "add", "example.org")]
    [InlineData("--count is for icmp checks, not for http", "checks", "add", "http://127.0.0.1:1", "--count", "3")]
    [InlineData("\"soon\" is no duration", "checks", "add", "http://127.0.0.1:1", "--interval", "soon")]
    [InlineData("is not a header such as", "checks", "add", "http://127.0.0.1:1", "--header", "Accept")]
    [InlineData("there is no \"gopher\"", "checks", "add", "x", "--kind", "gopher")]
    [InlineData("\"db:http\" is no host with a port", "checks", "add", "tcp://db:http")]
    public async Task What_makes_no_sense_is_refused_before_the_server_is_asked(string says, params string[] arguments)
    {
        var ended = await Cli.RunAsync(new Screen(), [.. arguments, "--server", "http://127.0.0.1:1"]);
        ended.Errors.ShouldContain(says);
        ended.Errors.Trim().Split('\n').Length.ShouldBe(1);
        ended.ExitCode.ShouldBe(ExitCodes.Settings);
    }

    [Fact]
    public async Task A_removal_asks_and_without_anybody_to_ask_refuses()
    {
        await torch.RunAsync(ExitCodes.Success, "checks", "add", "kept", "--kind", "report");
        var alone = await torch.RunAsync(new Screen(), "checks", "remove", "kept");
        alone.ExitCode.ShouldBe(ExitCodes.Settings);
        alone.Errors.ShouldContain("--yes");
        var no = await torch.RunAsync(new Screen("n\n", hasPerson: true), "checks", "remove", "kept");
        no.ExitCode.ShouldBe(ExitCodes.Declined);
        no.Errors.ShouldBe("Remove the check kept? [y/N] ");
        await torch.RunAsync(ExitCodes.Success, "checks", "show", "kept");
        (await torch.RunAsync(new Screen("y\n", hasPerson: true), "checks", "remove", "kept")).ExitCode.ShouldBe(0);
        await torch.RunAsync(ExitCodes.Server, "checks", "show", "kept");
    }

    private async Task<JsonElement> ShowAsync(string name) =>
        JsonElement.Parse(await torch.RunAsync(ExitCodes.Success, "checks", "show", name, "--json"));
}
