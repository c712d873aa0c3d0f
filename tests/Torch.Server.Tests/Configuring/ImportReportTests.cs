using System.Net;
using System.Text.Json;
using Torch.Server.Tests.Features;

namespace Torch.Server.Tests.Configuring;

/// <summary>What an import says of what it could not carry, and what it refuses.</summary>
public sealed class ImportReportTests : TorchTest
{
    [Theory]
    [InlineData(
        "kuma",
        """
            {"monitorList":[{"id":1,"name":"Push","type":"push","interval":60},{"id":2,"name":"Push","type":"push","interval":60}]}
            """,
        "kuma/Push (2)"
    )]
    [InlineData(
        "healthchecks",
        """
            {"checks":[{"name":"Job","slug":"job","timeout":60,"grace":60},{"name":"Job","slug":"job","timeout":60,"grace":60}]}
            """,
        "healthchecks/job (2)"
    )]
    public async Task Two_of_one_name_have_a_source_each(string format, string file, string second)
    {
        await ImportAsync(format + "/apply", file);

        (await _client.FetchAsync("/api/v1/checks")).Items().Select(c => c.Text("source")).ShouldContain(second);
        ConfigWorld.Said((await ImportAsync(format + "/apply", file)).GetProperty("plan")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_rows_of_one_source_show_one_check()
    {
        await ImportAsync("csv/apply", "name,target,kind\nFirst,backup/db1,report\nSecond,backup/db1,report\n");

        (await _client.FetchAsync("/api/v1/checks")).Items().Count.ShouldBe(1);
        (await _client.FetchAsync("/api/v1/nodes?limit=10"))
            .Items()
            .Count(n => n.Text("checkId") is not null)
            .ShouldBe(2);
    }

    [Theory]
    [InlineData("shop,https://shop.example/\n", "no column name")]
    [InlineData("", "no column name")]
    [InlineData("name,target\n\"Shop,https://shop.example/\nBlog,https://blog.example/\n", "not closed")]
    public async Task A_table_that_is_none_is_refused_and_makes_nothing(string table, string why)
    {
        using var answer = await _client.SendAsync(
            "POST",
            "/api/v1/import/csv/apply",
            JsonSerializer.Serialize(new { text = table })
        );

        (await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation")).Text("detail").ShouldContain(why);
    }

    [Theory]
    [InlineData("name,target\rA,https://a.example/\rB,https://b.example/\r")]
    [InlineData("name\ttarget\r\nA\thttps://a.example/\r\nB\thttps://b.example/\r\n")]
    [InlineData("\uFEFFname;target\nA;https://a.example/\n \"B\" ;https://b.example/")]
    public async Task Tables_of_every_spreadsheet_are_read(string table)
    {
        await ImportAsync("csv/apply", table);

        (await _client.FetchAsync("/api/v1/checks")).Items().Select(c => c.Text("name")).ShouldBe(["A", "B"], true);
    }

    [Fact]
    public async Task A_row_with_more_fields_than_the_header_is_left_out_and_said()
    {
        var import = await ImportAsync("csv/plan", "name,target\nShop,https://shop.example/?ids=1,2\n");

        Left(import).ShouldHaveSingleItem().ShouldStartWith("row 2: it has 3 fields and the header 2");
        ConfigWorld.Said(import.GetProperty("plan")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_of_Uptime_Kumas_is_sent_as_it_sent_it()
    {
        const string backup = """
            {"monitorList":[
              {"id":1,"name":"Json","type":"http","url":"https://a.example/","method":"POST","body":"{}","interval":60,"retryInterval":20,"proxyId":1},
              {"id":2,"name":"Own","type":"http","url":"https://b.example/","method":"POST","body":"x","headers":"{\"content-type\":\"text/plain\"}","interval":60},
              {"id":3,"name":"Twice","type":"http","url":"https://c.example/","headers":"{\"A\":\"1\",\"A\":\"2\"}","interval":60}
            ]}
            """;
        var import = await ImportAsync("kuma/apply", backup);

        Left(import)
            .ShouldBe(
                [
                    "Json: that it was asked in another interval while it was down",
                    "Json: that it went through a proxy",
                    "Twice: its headers are no JSON",
                ],
                ignoreOrder: true
            );
        HeadersOf(await CheckAsync("Json")).GetProperty("Content-Type").GetString().ShouldBe("application/json");
        HeadersOf(await CheckAsync("Own"))
            .EnumerateObject()
            .ShouldHaveSingleItem()
            .Value.GetString()
            .ShouldBe("text/plain");
    }

    [Fact]
    public async Task A_password_before_the_host_is_sent_as_it_was_and_shown_to_nobody()
    {
        const string services = """
            {"services":[{"url":"https://probe:planted%20password@shop.example/x","interval_sec":5}]}
            """;
        var import = await ImportAsync("services/apply", services);

        import.GetRawText().ShouldNotContain("planted");
        var check = await CheckAsync("shop.example/x");
        check.GetRawText().ShouldNotContain("planted");
        check.GetProperty("http").Text("url").ShouldBe("https://shop.example/x");
        check.GetProperty("http").GetProperty("auth").GetProperty("basic").Text("user").ShouldBe("probe");
        (await _client.GetStringAsync("/api/v1/events?limit=1000")).ShouldNotContain("planted");
    }

    [Fact]
    public async Task What_of_Gatus_is_lost_is_named()
    {
        const string config = """
            endpoints:
              - name: api
                url: https://api.example/graphql
                method: POST
                graphql: true
                body: "{ users }"
                extra-labels: { environment: staging }
                maintenance-windows: [{ start: "23:00", duration: 1h }]
                client: { proxy-url: "http://proxy:3128" }
                conditions: ["[BODY] == pat(*users*)", "[BODY] == pat(*names*)"]
            """;
        var import = await ImportAsync("gatus/apply", config);

        Left(import)
            .ShouldBe(
                [
                    "api: its condition \"[BODY] == pat(*names*)\"",
                    "api: its maintenance-windows",
                    "api: its client's proxy-url",
                ],
                ignoreOrder: true
            );
        var check = await CheckAsync("api");
        check.GetProperty("http").Text("body").ShouldBe("""{"query":"{ users }"}""");
        HeadersOf(check).GetProperty("Content-Type").GetString().ShouldBe("application/json");
    }

    [Fact]
    public async Task What_of_a_blackbox_module_is_lost_is_named_and_no_password_stands_in_a_name()
    {
        const string files = """
            modules:
              http_2xx:
                prober: http
                http:
                  basic_auth: { username: probe, password_file: /etc/password }
                  tls_config: { ca_file: /etc/ca.pem }
                  valid_http_versions: ["HTTP/2.0"]
              http_token: { prober: http, http: { authorization: { type: Token, credentials: planted-token } } }
              smtp: { prober: tcp, tcp: { query_response: [{ send: "QUIT\r" }, { expect: "PING (.+)", send: "PONG ${1}" }] } }
              grpc: { prober: grpc }
            scrape_configs:
              - { job_name: usual, metrics_path: /probe, static_configs: [{ targets: ["https://me:planted-password@a.example/x"] }] }
              - { job_name: token, params: { module: [http_token] }, static_configs: [{ targets: ["https://b.example/"] }] }
              - { job_name: mail, params: { module: [smtp] }, static_configs: [{ targets: ["mail.example:25"] }] }
              - { job_name: empty, params: { module: [grpc] }, static_configs: [{ targets: ["h:1"] }] }
            """;
        var import = await ImportAsync("prometheus/apply", files);

        import.GetRawText().ShouldNotContain("planted");
        Left(import)
            .ShouldBe(
                [
                    "https://a.example/x: its module's valid_http_versions",
                    "https://a.example/x: its module's tls_config.ca_file",
                    "https://a.example/x: its module's basic_auth.password_file",
                    "mail.example:25: what its module sends back of what it was told, as in ${1}",
                    "h:1: no probe for it: the module's prober is grpc, or the target no address",
                    "the group empty: nothing would stand in it",
                ],
                ignoreOrder: true
            );
        (await CheckAsync("mail.example:25")).GetProperty("tcp").Many("steps")[0].Text("send").ShouldBe("QUIT\r\n");
        var usual = (await CheckAsync("https://a.example/x")).GetProperty("http");
        usual.Text("url").ShouldBe("https://a.example/x");
        usual.GetProperty("auth").GetProperty("basic").Text("user").ShouldBe("probe");
        HeadersOf(await CheckAsync("https://b.example/")).TryGetProperty("Authorization", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Letters_that_could_not_be_read_are_said()
    {
        var import = await ImportAsync("csv/plan", "name,target\nM\uFFFDller,https://m.example/\n");

        Left(import).ShouldHaveSingleItem().ShouldContain("save the file as UTF-8");
    }

    [Fact]
    public async Task A_check_that_somebody_else_made_is_not_changed_for_its_name_or_source()
    {
        await ConfigAsync(
            """
            checks:
              - { name: Shop, kind: http, interval: 30s, http: { url: "https://own.example/", auth: { basic: { user: me, password: own } } } }
              - { name: Backup, kind: heartbeat, source: backup/db1, interval: 1d }
            nodes: [{ name: Mine, children: [{ name: Shop, check: Shop }, { name: Backup, check: Backup }] }]
            """
        );
        const string table = "name,target,kind\nShop,https://other.example/,http\nNightly,backup/db1,report\n";

        var import = await ImportAsync("csv/apply", table);

        var said = ConfigWorld.Said(import.GetProperty("plan"));
        said.ShouldAllBe(s => s.StartsWith("create "));
        said.ShouldContain("create check Imported: Shop");
        Left(import).ShouldBe(["Nightly: the check of the source backup/db1 is there already, and stays as it is"]);
        (await CheckAsync("Shop")).GetProperty("http").Text("url").ShouldBe("https://own.example/");
        (await CheckAsync("Backup")).Text("kind").ShouldBe("heartbeat");

        ConfigWorld.Said((await ImportAsync("csv/apply", table)).GetProperty("plan")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_an_import_made_is_found_again_under_another_name()
    {
        const string table = "name,target\nShop,https://shop.example/{0}\n";
        await ImportAsync("csv/apply", string.Format(null, table, 1));
        var shop = await CheckAsync("Shop");
        await ConfigAsync(
            $$"""checks: [{ id: {{shop.Text("id")}}, name: Front, kind: http, interval: 1m, http: { url: "https://shop.example/1" } }]"""
        );

        var again = await ImportAsync("csv/apply", string.Format(null, table, 2));

        ConfigWorld.Said(again.GetProperty("plan")).ShouldBe(["change check Front"]);
        (await CheckAsync("Front")).GetProperty("http").Text("url").ShouldBe("https://shop.example/2");
    }

    private Task ConfigAsync(string text) =>
        _client.ExpectAsync(HttpStatusCode.OK, "POST", "/api/v1/config/apply", JsonSerializer.Serialize(new { text }));

    private Task<JsonElement> ImportAsync(string path, string text) =>
        _client.ExpectAsync(
            HttpStatusCode.OK,
            "POST",
            "/api/v1/import/" + path,
            JsonSerializer.Serialize(new { text })
        );

    private async Task<JsonElement> CheckAsync(string name) =>
        (await _client.FetchAsync("/api/v1/checks?limit=100")).Items().First(c => c.Text("name") == name);

    private static JsonElement HeadersOf(JsonElement check) => check.GetProperty("http").GetProperty("headers");

    private static List<string> Left(JsonElement import) => [.. import.Many("left").Select(l => l.GetString()!)];
}
