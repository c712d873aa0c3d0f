using System.Net;
using System.Text.Json;
using Torch.Server.Tests.Features;

namespace Torch.Server.Tests.Configuring;

/// <summary>Other systems' files, in the shapes that those systems write.</summary>
public sealed class ImportTests : TorchTest
{
    [Fact]
    public async Task Uptime_Kumas_backup_comes_as_a_tree_with_its_secrets_hidden_and_again_it_changes_nothing()
    {
        const string backup = """
            {"version":"1.23.11",
             "notificationList":[{"id":1,"name":"Ops chat","active":true,"isDefault":true,"config":"{\"type\":\"slack\"}"}],
             "monitorList":[
              {"id":1,"name":"Production","type":"group","parent":null,"active":true,"tags":[{"tag_id":1,"name":"env","value":"prod","color":"#059669"}]},
              {"id":2,"name":"Shop","type":"keyword","url":"https://shop.example/","method":"GET","parent":1,"weight":2000,
               "interval":60,"retryInterval":60,"maxretries":2,"timeout":48,"keyword":"Add to cart","invertKeyword":false,
               "ignoreTls":false,"upsideDown":false,"maxredirects":10,"accepted_statuscodes":["200-299"],
               "headers":"{\"Authorization\":\"Bearer abc\"}","authMethod":"basic","basic_auth_user":"probe","basic_auth_pass":"hunter2","active":true},
              {"id":3,"name":"Database","type":"port","hostname":"db.example","port":5432,"parent":1,"interval":30,"active":false,"timeout":48},
              {"id":4,"name":"Nightly backup","type":"push","pushToken":"q1w2e3","interval":86400,"parent":null,"active":1,"timeout":48},
              {"id":5,"name":"Names","type":"dns","hostname":"example.com","dns_resolve_type":"MX","dns_resolve_server":"1.1.1.1","port":53,"interval":60,"active":true},
              {"id":6,"name":"Must be closed","type":"port","hostname":"db.example","port":23,"interval":60,"upsideDown":true,"active":true},
              {"id":7,"name":"Container","type":"docker","docker_container":"web","interval":60,"active":true},
              {"id":8,"name":"Version","type":"json-query","url":"https://api.example/v","jsonPath":"build.name","expectedValue":"blue","interval":60,"active":true}
             ]}
            """;
        var planned = await PostAsync("kuma/plan", backup);
        planned.GetRawText().ShouldNotContain("hunter2");
        planned.GetRawText().ShouldNotContain("Bearer abc");
        var applied = await PostAsync("kuma/apply", backup);
        ConfigWorld
            .Said(applied.GetProperty("plan"))
            .Where(c => c.Contains(" node "))
            .ShouldBe(
                [
                    "create node Uptime Kuma",
                    "create node Uptime Kuma/Production",
                    "create node Uptime Kuma/Production/Shop",
                    "create node Uptime Kuma/Production/Database",
                    "create node Uptime Kuma/Nightly backup",
                    "create node Uptime Kuma/Names",
                    "create node Uptime Kuma/Must be closed",
                    "create node Uptime Kuma/Version",
                ],
                ignoreOrder: true
            );
        Left(applied)
            .ShouldBe(
                [
                    "Container: Torch has no probe of the kind docker",
                    "Nightly backup: its token is none for Torch, where it must have 8 to 200 characters; make a push key for the source kuma/Nightly backup, and change its script",
                    "the notification Ops chat: create its channel in Torch",
                ],
                ignoreOrder: true
            );
        var shop = await CheckAsync("Shop");
        var http = shop.GetProperty("http");
        http.GetProperty("expect").Text("bodyMatches").ShouldBe(@"Add\ to\ cart");
        http.GetProperty("followRedirects").GetInt32().ShouldBe(10);
        (await CheckAsync("Database")).GetProperty("enabled").GetBoolean().ShouldBeFalse();
        (await CheckAsync("Nightly backup")).Text("kind").ShouldBe("heartbeat");
        var closed = (await _client.FetchAsync("/api/v1/nodes?limit=100"))
            .Items()
            .First(n => n.Text("name") == "Must be closed");
        (await _client.FetchAsync($"/api/v1/nodes/{closed.Text("id")}/rules"))
            .Many("rules")[0]
            .Text("then")
            .ShouldBe("up");
        ConfigWorld.Said((await PostAsync("kuma/apply", backup)).GetProperty("plan")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Gatus_conditions_become_what_a_probe_expects_or_rules()
    {
        const string config = """
            x-base: &base
              group: core
              interval: 30s
            endpoints:
              - name: frontend
                <<: *base
                url: "https://shop.example/health"
                headers: { X-Token: "${GATUS_TOKEN}" }
                client: { insecure: true, timeout: 5s, ignore-redirect: true }
                conditions:
                  - "[STATUS] == any(200, 429)"
                  - "[RESPONSE_TIME] < 300"
                  - "[BODY].status == UP"
                  - "[CERTIFICATE_EXPIRATION] > 48h"
                  - "len([BODY].items) > 0"
                alerts: [{ type: slack }]
              - name: resolver
                url: "8.8.8.8"
                dns: { query-name: "example.com", query-type: "A" }
                conditions: ["[DNS_RCODE] == NOERROR", "[BODY] == 93.184.215.14"]
              - name: gateway
                url: "icmp://10.0.0.1"
                conditions: ["[CONNECTED] == true"]
              - name: shell
                url: "ssh://example.com:22"
                conditions: ["[CONNECTED] == true"]
            external-endpoints:
              - name: Nightly job
                group: jobs
                token: "potato"
                heartbeat: { interval: 30m }
            """;
        var applied = await PostAsync("gatus/apply", config, new() { ["GATUS_TOKEN"] = "t-42" });
        applied.GetRawText().ShouldNotContain("t-42");
        Left(applied)
            .ShouldBe(
                [
                    "frontend: its condition \"len([BODY].items) > 0\"",
                    "frontend: its alerts belong to the rules of notices",
                    "shell: Torch has no probe for ssh://example.com:22",
                    "Nightly job: its token is none for Torch, where it must have 8 to 200 characters; make a push key for the source jobs/Nightly job, and change its script",
                ],
                ignoreOrder: true
            );
        var frontend = await CheckAsync("frontend");
        frontend.Text("interval").ShouldBe("PT30S");
        frontend.Text("timeout").ShouldBe("PT5S");
        var http = frontend.GetProperty("http");
        http.GetProperty("expect").Many("statusCodes").Select(c => c.GetString()).ShouldBe(["200", "429"]);
        http.GetProperty("expect").Many("json")[0].Text("path").ShouldBe("$.status");
        http.GetProperty("expect").GetProperty("certificateDaysLeft").GetDouble().ShouldBe(2);
        http.GetProperty("ignoreCertificate").GetBoolean().ShouldBeTrue();
        (await CheckAsync("resolver")).GetProperty("dns").Text("server").ShouldBe("8.8.8.8");
        (await CheckAsync("Nightly job")).Text("source").ShouldBe("jobs/Nightly job");
        var leaf = (await _client.FetchAsync("/api/v1/nodes?limit=100"))
            .Items()
            .First(n => n.Text("name") == "frontend");
        leaf.Many("path").Select(p => p.Text("name")).ShouldBe(["Gatus", "core", "frontend"]);
        (await _client.FetchAsync($"/api/v1/nodes/{leaf.Text("id")}/rules"))
            .Many("rules")[0]
            .Text("when")
            .ShouldBe("latency.total >= 300ms");
    }

    [Fact]
    public async Task Blackbox_modules_meet_the_targets_that_Prometheus_probes_with_them()
    {
        const string files = """
            modules:
              http_2xx:
                prober: http
                timeout: 5s
                http:
                  valid_status_codes: [200, 204]
                  method: HEAD
                  follow_redirects: false
                  basic_auth: { username: probe, password: hunter2 }
                  fail_if_body_matches_regexp: ["error"]
                  tls_config: { insecure_skip_verify: true }
              smtp_starttls:
                prober: tcp
                tcp:
                  query_response:
                    - expect: "^220 "
                      send: "EHLO prober"
                    - starttls: true
              icmp: { prober: icmp }
            ---
            global: { scrape_interval: 15s }
            scrape_configs:
              - job_name: node
                static_configs: [{ targets: ["localhost:9100"] }]
              - job_name: sites
                metrics_path: /probe
                params: { module: [http_2xx] }
                static_configs:
                  - targets: ["https://shop.example", "blog.example"]
                    labels: { env: prod }
              - job_name: mail
                params: { module: [smtp_starttls] }
                scrape_interval: 1m
                static_configs: [{ targets: ["mail.example:25"] }]
              - job_name: lost
                params: { module: [nobody] }
                static_configs: [{ targets: ["x"] }]
            """;
        var applied = await PostAsync("prometheus/apply", files);
        applied.GetRawText().ShouldNotContain("hunter2");
        Left(applied)
            .ShouldBe(
                ["node: it scrapes metrics and probes nothing", "lost: there is no module nobody"],
                ignoreOrder: true
            );
        var shop = await CheckAsync("https://shop.example");
        shop.Text("interval").ShouldBe("PT15S");
        shop.GetProperty("http").Text("method").ShouldBe("HEAD");
        shop.GetProperty("http").GetProperty("expect").Text("bodyDoesNotMatch").ShouldBe("(error)");
        (await CheckAsync("blog.example")).GetProperty("http").Text("url").ShouldBe("http://blog.example");
        (await CheckAsync("mail.example:25")).GetProperty("tcp").Many("steps").Count.ShouldBe(3);
        (await _client.FetchAsync("/api/v1/nodes?limit=100"))
            .Items()
            .First(n => n.Text("name") == "blog.example")
            .Many("tags")[0]
            .GetString()
            .ShouldBe("env=prod");
    }

    [Fact]
    public async Task Healthchecks_become_heartbeats_and_a_schedule_the_longest_wait_between_two_of_its_runs()
    {
        const string answer = """
            {"checks":[
              {"name":"Filesystem Backup","slug":"fs-backup","tags":"backup fs","desc":"Runs incremental backup","grace":600,"n_pings":1,
               "status":"up","last_ping":"2020-03-24T14:02:03+00:00","manual_resume":false,"methods":"",
               "ping_url":"https://hc.example/ping/662ebe36-ecab-48db-afe3-e20029cb71e6","timeout":3600},
              {"name":"Workday report","slug":"report","tags":"","grace":300,"status":"paused","schedule":"0 8 * * 1-5","tz":"UTC",
               "ping_url":"https://hc.example/ping/9d17c61f-5c4f-4cab-b517-11e6b2679ced"},
              {"name":"Read only","slug":"ro","tags":"","grace":60,"timeout":60,"unique_key":"a6c7b0a8a66bed0df66abfdab3c77736861703ee"}
            ]}
            """;
        var applied = await PostAsync("healthchecks/apply", answer);
        Left(applied).Count.ShouldBe(2);
        var backup = await CheckAsync("Filesystem Backup");
        backup.Text("interval").ShouldBe("PT1H");
        backup.Text("grace").ShouldBe("PT10M");
        backup.Text("source").ShouldBe("healthchecks/fs-backup");
        var report = await CheckAsync("Workday report");
        report.Text("interval").ShouldBe("P3D");
        report.GetProperty("enabled").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_of_services_and_a_table_come_as_leaves()
    {
        const string services = """
            {"services":[
              {"url":"https://shop.example/login","method":"POST","check_regex":true,"regex":"ok","interval_sec":30,"timeout":10},
              {"url":"https://shop.example/login","interval_sec":5}
            ]}
            """;
        await PostAsync("services/apply", services);
        var first = await CheckAsync("shop.example/login");
        first.GetProperty("http").GetProperty("expect").Text("bodyMatches").ShouldBe("ok");
        const string table =
            "name;target;group;tags;weight\r\nFront;https://a.example/;Web/Public;x y;2\r\nPort;b.example:22;;;\r\nBad;;;;\r\n";
        var applied = await PostAsync("csv/apply", table);
        Left(applied).ShouldBe(["row 4: it has no name or no target"]);
        ConfigWorld.Said(applied.GetProperty("plan")).ShouldContain("create node Imported/Web/Public/Front");
        (await CheckAsync("Port")).GetProperty("tcp").GetProperty("port").GetInt32().ShouldBe(22);
    }

    [Fact]
    public async Task What_is_no_such_file_is_refused_and_an_unknown_format_not_found()
    {
        using var wrong = await _client.SendAsync(
            "POST",
            "/api/v1/import/kuma/plan",
            """{"text":"{\"services\":[]}"}"""
        );
        var problem = await wrong.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        problem.Text("detail").ShouldContain("expected monitorList");
        using var unknown = await _client.SendAsync("POST", "/api/v1/import/nagios/plan", """{"text":""}""");
        (await unknown.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found")).Text("detail").ShouldContain("kuma");
    }

    private Task<JsonElement> PostAsync(string path, string text, Dictionary<string, string>? variables = null) =>
        _client.ExpectAsync(
            HttpStatusCode.OK,
            "POST",
            "/api/v1/import/" + path,
            JsonSerializer.Serialize(new { text, variables })
        );

    private async Task<JsonElement> CheckAsync(string name) =>
        (await _client.FetchAsync("/api/v1/checks?limit=100")).Items().First(c => c.Text("name") == name);

    private static List<string> Left(JsonElement import) => [.. import.Many("left").Select(l => l.GetString()!)];
}
