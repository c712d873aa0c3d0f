using System.Text.Json;

namespace Torch.Cli.Tests;

/// <summary>The Universal Monitoring Tool's commands on its file.</summary>
public sealed class ServicesFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("torch-cli-").FullName;

    private string Config => Path.Combine(_folder, "config.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_is_made_shown_and_not_made_twice_without_asking()
    {
        (await RunAsync(0, "config", "create")).ShouldBe($"made {Config}\n");
        (await RunAsync(0, "config", "show")).ShouldContain("\"services\": []");
        await RunAsync(ExitCodes.Settings, "config", "create");
        await RunAsync(0, "config", "create", "--yes");
        var no = await Cli.RunAsync(new Screen("n\n", hasPerson: true), ["config", "create", "--config-path", Config]);
        no.ExitCode.ShouldBe(ExitCodes.Declined);
    }

    [Fact]
    public async Task Services_are_added_shown_changed_and_removed_as_the_tool_wrote_them()
    {
        await RunAsync(0, "config", "create");
        await RunAsync(
            0,
            "config",
            "services",
            "add",
            "https://example.org/",
            "--check-regex",
            "--regex",
            "Example",
            "--method",
            "get"
        );
        await RunAsync(0, "config", "services", "add", "http://127.0.0.1:1/x", "--interval", "10", "--timeout", "2.5");
        (await RunAsync(0, "config", "services", "show", "--numbered")).ShouldBe(
            "1. GET https://example.org/  every 5 s, timeout 15 s  matches Example\n2. GET http://127.0.0.1:1/x  every 10 s, timeout 2.5 s\n"
        );
        await RunAsync(
            0,
            "config",
            "services",
            "update",
            "1",
            "--toggle-check-regex",
            "--interval-sec",
            "300",
            "--url",
            "https://example.net/"
        );
        (await RunAsync(0, "config", "services", "show")).ShouldStartWith(
            "GET https://example.net/  every 300 s, timeout 15 s  regex off: Example\n"
        );
        await RunAsync(ExitCodes.Settings, "config", "services", "remove", "2");
        await RunAsync(0, "config", "services", "remove", "2", "--yes");
        await RunAsync(ExitCodes.Settings, "config", "services", "remove", "2", "--yes");

        var service = JsonElement.Parse(await File.ReadAllTextAsync(Config)).GetProperty("services")[0];
        service.GetProperty("url").GetString().ShouldBe("https://example.net/");
        service.GetProperty("method").GetString().ShouldBe("GET");
        service.GetProperty("check_regex").GetBoolean().ShouldBeFalse();
        service.GetProperty("regex").GetString().ShouldBe("Example");
        service.GetProperty("interval_sec").GetDouble().ShouldBe(300);
        service.GetProperty("timeout").GetDouble().ShouldBe(15);
        var shown = JsonElement.Parse(await RunAsync(0, "config", "services", "show", "--json"));
        shown[0].GetProperty("interval_sec").GetDouble().ShouldBe(300);
    }

    [Fact]
    public async Task Each_command_says_as_JSON_what_it_did()
    {
        (await OfAsync("config", "create")).Text("path").ShouldBe(Config);
        var added = await OfAsync("config", "services", "add", "http://127.0.0.1:1/x");
        added.GetProperty("number").GetInt32().ShouldBe(1);
        added.GetProperty("service").Text("url").ShouldBe("http://127.0.0.1:1/x");
        var changed = await OfAsync("config", "services", "update", "1", "--interval", "10");
        changed.GetProperty("service").GetProperty("interval_sec").GetDouble().ShouldBe(10);
        (await OfAsync("config", "show")).GetProperty("services")[0].Text("method").ShouldBe("GET");
        (await OfAsync("config", "services", "remove", "1", "--yes")).GetProperty("number").GetInt32().ShouldBe(1);
        (await OfAsync("config", "services", "show")).GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("url has more than 2,083 characters", "LONG")]
    [InlineData("url \"ftp://x\" is no http or https URL", "ftp://x")]
    [InlineData("method \"PUT\" is none of GET, POST, HEAD, OPTIONS", "http://x", "--method", "put")]
    [InlineData("interval_sec must be 5 to 300 seconds", "http://x", "--interval", "4.9")]
    [InlineData("interval_sec must be 5 to 300 seconds", "http://x", "--interval", "301")]
    [InlineData("timeout must be more than 0", "http://x", "--timeout", "0")]
    [InlineData("regex is missing", "http://x", "--check-regex")]
    [InlineData("regex is no regular expression", "http://x", "--check-regex", "--regex", "(")]
    public async Task What_a_service_must_not_be_is_refused_and_the_file_stays(
        string says,
        string url,
        params string[] more
    )
    {
        await RunAsync(0, "config", "create");
        var long_ = "http://x/" + new string('a', 2_075);
        string[] add = ["config", "services", "add", url == "LONG" ? long_ : url, .. more, "--config-path", Config];
        var ended = await Cli.RunAsync(add);
        ended.ExitCode.ShouldBe(ExitCodes.Settings);
        ended.Errors.ShouldContain(says);
        ended.Errors.Trim().Split('\n').Length.ShouldBe(1);
        (await RunAsync(0, "config", "services", "show")).ShouldBe("");
        Directory.GetFiles(_folder).ShouldBe([Config]);
    }

    [Fact]
    public async Task A_URL_of_2083_characters_is_taken()
    {
        await RunAsync(0, "config", "create");
        await RunAsync(0, "config", "services", "add", "http://x/" + new string('a', 2_074));
    }

    [Theory]
    [InlineData(
        "{\n  \"services\": [\n    { \"url\": \"http://x\", \"interval_sec\": 4 }\n  ]\n}",
        ":3:42: service 1: interval_sec must be"
    )]
    [InlineData(
        "{\"services\":[{\"url\":\"http://x\"},\n {\"url\":\"nowhere\"}]}",
        ":2:9: service 2: url \"nowhere\" is no"
    )]
    [InlineData("{\"services\":[{\"url\":\"http://x\",\n\"check_regex\":true}]}", ":1:14: service 1: regex is missing")]
    [InlineData("{\"services\":[{}]}", "'url'")]
    [InlineData("{\"services\":[{\"url\":5}]}", "services[0].url")]
    [InlineData("{\"services\":\n [", ":2:")]
    [InlineData("{}", "services")]
    [InlineData("[]", ":1:")]
    public async Task A_file_that_is_not_as_it_must_be_is_named_with_the_place(string json, string says)
    {
        await File.WriteAllTextAsync(Config, json);
        var ended = await Cli.RunAsync("config", "services", "show", "--config-path", Config);
        ended.ExitCode.ShouldBe(ExitCodes.Settings, ended.Output);
        ended.Errors.ShouldStartWith("torch: " + Config);
        ended.Errors.ShouldContain(says);
        ended.Errors.Trim().Split('\n').Length.ShouldBe(1, ended.Errors);
    }

    [Fact]
    public async Task A_file_that_is_missing_says_how_to_make_one()
    {
        var ended = await Cli.RunAsync("config", "show", "--config-path", Config);
        ended.ExitCode.ShouldBe(ExitCodes.Settings);
        ended.Errors.ShouldContain("is not there: torch config create makes one");
    }

    private async Task<JsonElement> OfAsync(params string[] arguments) =>
        (await RunAsync(0, [.. arguments, "--json"])).Lines().ShouldHaveSingleItem();

    private Task<string> RunAsync(int exitCode, params string[] arguments) =>
        Cli.RunAsync(exitCode, [.. arguments, "--config-path", Config]);
}
