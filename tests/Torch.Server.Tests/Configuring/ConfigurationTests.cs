using System.Net;
using System.Text.Json;
using Torch.Server.Tests.Features;

namespace Torch.Server.Tests.Configuring;

public sealed class ConfigurationTests : TorchTest
{
    private ConfigWorld World => new(_client);

    [Fact]
    public async Task A_whole_configuration_is_applied_in_one_commit_and_applied_again_it_changes_nothing()
    {
        var plan = await World.PlanAsync(ConfigWorld.Shop);
        plan.GetProperty("applied").GetBoolean().ShouldBeFalse();
        (await _client.FetchAsync("/api/v1/nodes")).Items().ShouldBeEmpty();

        var applied = await World.ApplyAsync(ConfigWorld.Shop);
        ConfigWorld.Said(applied).ShouldBe(ConfigWorld.Said(plan));
        ConfigWorld
            .Said(applied)
            .ShouldBe([
                "create status limping",
                "create check Shop front",
                "create check Backup",
                "create node Infra",
                "create node Infra/Router",
                "create node Infra/Database",
                "create node Infra/Database/Backup",
                "create node Shop",
                "create node Shop/Front",
                "create maintenance Patch night",
                "create objective Shop is open",
            ]);
        var position = applied.Number("position");
        var nodes = (await _client.FetchAsync("/api/v1/nodes?limit=100", position)).Items();
        var database = nodes.First(n => n.Text("name") == "Database");
        database.Many("parentIds").Count.ShouldBe(2);
        nodes.First(n => n.Text("name") == "Front").GetProperty("weight").GetDecimal().ShouldBe(2.5m);

        var again = await World.ApplyAsync(ConfigWorld.Shop, prune: true);
        ConfigWorld.Said(again).ShouldBeEmpty();
        again.Number("unchanged").ShouldBe(11);
        (await CommitsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task An_export_reads_like_what_was_applied_holds_no_secret_and_applied_it_changes_nothing()
    {
        await World.ApplyAsync(ConfigWorld.Shop);
        var text = await World.ExportAsync();
        text.ShouldContain("when: count(children where status >= critical) >= 2");
        text.ShouldContain("link: Infra/Database");
        text.ShouldContain("password: ${SHOP_FRONT_PASSWORD}");
        text.ShouldContain("duration: 30d");
        text.ShouldNotContain("hunter2");
        text.ShouldNotContain("k-123");
        var same = await World.ApplyAsync(text, prune: true, variables: []);
        ConfigWorld.Said(same).ShouldBeEmpty(text);
        (await World.ExportAsync()).ShouldBe(text);
    }

    [Fact]
    public async Task What_an_export_says_makes_the_same_of_an_empty_Torch()
    {
        await World.ApplyAsync(ConfigWorld.Shop);
        var text = await World.ExportAsync();
        await using var other = await TorchFactory.StartAsync();
        using var client = other.Client();
        var there = new ConfigWorld(client);
        var secrets = new Dictionary<string, string>
        {
            ["SHOP_FRONT_PASSWORD"] = "hunter2",
            ["SHOP_FRONT_X_API_KEY"] = "k-123",
        };
        await there.ApplyAsync(text, variables: secrets);
        (await there.ExportAsync()).ShouldBe(text);
    }

    [Fact]
    public async Task A_change_is_told_member_by_member_and_a_secret_is_never_shown()
    {
        await World.ApplyAsync(ConfigWorld.Shop);
        var changed = ConfigWorld
            .Shop.Replace("interval: 30s", "interval: 1m")
            .Replace(">= 2", ">= 3")
            .Replace("weight: 2.5", "weight: 4");
        var secrets = new Dictionary<string, string>(ConfigWorld.Secrets) { ["FRONT_PASSWORD"] = "correct horse" };
        var plan = await World.PlanAsync(changed, variables: secrets);
        ConfigWorld.Said(plan).ShouldBe(["change check Shop front", "change node Shop", "change node Shop/Front"]);
        Members(plan, 0).ShouldContain("interval: 30s -> 1m");
        Members(plan, 0).ShouldContain("http.auth.basic.password: (secret) -> (secret) (another one)");
        Members(plan, 1)
            .ShouldContain(
                "rules.0.when: count(children where status >= critical) >= 2 -> count(children where status >= critical) >= 3"
            );
        Members(plan, 2).ShouldBe(["under.Shop.weight: 2.5 -> 4"]);
        plan.GetRawText().ShouldNotContain("horse");
        plan.GetRawText().ShouldNotContain("hunter2");
        ConfigWorld.Said(await World.ApplyAsync(changed, variables: secrets)).Count.ShouldBe(3);
        ConfigWorld.Said(await World.ApplyAsync(changed, variables: secrets)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_file_does_not_name_stays_unless_it_is_pruned()
    {
        await World.ApplyAsync(ConfigWorld.Shop);
        const string less = """
            nodes:
              - name: Infra
                children: [{ name: Router }]
            checks: []
            maintenance: []
            """;
        ConfigWorld.Said(await World.ApplyAsync(less)).ShouldBeEmpty();
        var pruned = await World.ApplyAsync(less, prune: true);
        ConfigWorld
            .Said(pruned)
            .ShouldBe(
                [
                    "delete node Infra/Database",
                    "delete node Infra/Database/Backup",
                    "delete node Shop",
                    "delete node Shop/Front",
                    "delete maintenance Patch night",
                    "delete check Backup",
                    "delete check Shop front",
                ],
                ignoreOrder: true
            );
        // It does not speak of objectives and statuses, so those are let alone.
        var left = await World.ExportAsync();
        left.ShouldContain("limping");
        left.ShouldNotContain("Shop front");
    }

    [Fact]
    public async Task With_its_id_a_node_is_renamed_and_moved_and_keeps_its_history()
    {
        await World.ApplyAsync(ConfigWorld.Shop);
        var id = (await _client.FetchAsync("/api/v1/nodes?limit=100"))
            .Items()
            .First(n => n.Text("name") == "Router")
            .Text("id");
        var moved = $$"""
            nodes:
              - name: Network
                children:
                  - { name: Core router, id: {{id}} }
            """;
        ConfigWorld
            .Said(await World.ApplyAsync(moved))
            .ShouldBe(["create node Network", "change node Network/Core router"]);
        var node = await _client.FetchAsync($"/api/v1/nodes/{id}");
        node.Text("name").ShouldBe("Core router");
        node.Many("path").Select(p => p.Text("name")).ShouldBe(["Network", "Core router"]);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_with_its_line_and_column_and_nothing_is_done()
    {
        var errors = await World.RefusedAsync(
            """
            checks:
              - name: Front
                kind: http
                interval: 30s
                http: { url: "ftp://nowhere" }
            nodes:
              - name: Shop
                rules:
                  - when: value >> 3
                    then: down
                children:
                  - { name: A, check: Nobody }
                  - { link: Shop/Nowhere }
            """
        );
        errors["/checks/0/http/url"].ShouldStartWith("line 5, column 18: ");
        errors["/nodes/0/rules/0/when"].ShouldStartWith("line 9, column 15: column ");
        errors["/nodes/0/children/0/check"].ShouldBe("line 12, column 27: there is no check \"Nobody\"");
        errors["/nodes/0/children/1"].ShouldStartWith("line 13, column 9: there is no node \"Shop/Nowhere\"");
        (await _client.FetchAsync("/api/v1/nodes")).Items().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        "nodes: [{ name: A, colour: red }]",
        "/nodes/0/colour",
        "line 1, column 28: this member is not known here"
    )]
    [InlineData(
        "nodes:\n  - name: A\n    weight: 2",
        "/nodes/0",
        "line 2, column 5: weight, required and contribution"
    )]
    [InlineData("nodes: [{ name: A }, { name: A }]", "/nodes/1", "line 1, column 22: two nodes are called A")]
    [InlineData("nodes: [{ name: 12 }]", "/nodes/0/name", "line 1, column 17: expected a string")]
    [InlineData("nodes: [{ name: A, children: [~] }]", "/nodes/0/children/0", "line 1, column 31: must not be empty")]
    [InlineData("nodes: [{ name: A, dependsOn: [~] }]", "/nodes/0/dependsOn/0", "line 1, column 32: must not be empty")]
    [InlineData("a: [1, 2", "", "this is not YAML")]
    [InlineData(
        "nodes:\n  - name: A\n    children:\n      - { name: B }\n\t- y",
        "",
        "line 5, column 1: this is not YAML"
    )]
    [InlineData("nodes: []\n---\nnodes: []", "", "line 2, column 1: one document was expected")]
    [InlineData("nodes: []\nnodes: []", "", "line 2, column 1: \"nodes\" stands here twice")]
    [InlineData("torch: 7", "/torch", "line 1, column 8: this version of Torch reads configurations of the form 1")]
    [InlineData("nodes: [{ name: \"${WHO}\" }]", "/nodes/0/name", "line 1, column 17: the variable WHO has no value")]
    [InlineData(
        "nodes: [{ name: A, children: [{ name: B, children: [{ link: A }] }] }]",
        "/nodes/0/children/0/children/0",
        "line 1, column 53: A cannot stand under B: this would close the cycle A"
    )]
    [InlineData(
        "nodes: [{ name: A, rules: [{ when: child(\"B\") is down, then: down }], children: [{ name: C }] }]",
        "/nodes/0/rules/0/when",
        "line 1, column 36: no child is called \"B\""
    )]
    [InlineData(
        "maintenance: [{ name: M, nodes: [X], schedule: { kind: fixed } }]",
        "/maintenance/0/nodes/0",
        "line 1, column 34: there is no node \"X\""
    )]
    [InlineData(
        "statuses: [{ name: down, label: D, severity: 1, available: true, shape: circle, colour: \"#112233\" }]",
        "/statuses/0",
        "line 1, column 12: down exists already"
    )]
    public async Task A_text_that_makes_no_sense_is_refused_at_its_place(string text, string pointer, string message)
    {
        var errors = await World.RefusedAsync(text);
        errors.ShouldContainKey(pointer);
        errors[pointer].ShouldContain(message);
    }

    [Fact]
    public async Task What_cannot_be_read_hides_nothing_else_that_cannot()
    {
        var errors = await World.RefusedAsync(
            "node: []\ntorch: one\nnodes: [{ name: 1 }, { name: A, b: 2 }]\nnotices: {}"
        );
        errors.Keys.ShouldBe(["/node", "/torch", "/nodes/0/name", "/nodes/1/b", "/notices"], ignoreOrder: true);
        errors["/node"].ShouldStartWith("line 1, column 1: this member is not known here; expected torch, statuses, ");
    }

    [Fact]
    public async Task Anchors_and_merges_are_understood_and_a_bomb_of_them_is_refused()
    {
        var applied = await World.ApplyAsync(
            """
            checks:
              - &base { name: One, kind: tcp, interval: 10s, tcp: { host: one.example, port: 80 } }
              - { <<: *base, name: Two }
            """
        );
        ConfigWorld.Said(applied).ShouldBe(["create check One", "create check Two"]);
        var bomb = string.Concat(
            Enumerable
                .Range(0, 12)
                .Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat(i == 0 ? "x" : $"*a{i - 1}", 10))}]\n")
        );
        (await World.RefusedAsync(bomb))[""].ShouldContain("with its aliases this document has more than");
        (await World.RefusedAsync(new string('[', 5_000)))[""].ShouldContain("nested deeper than");
    }

    [Fact]
    public async Task A_source_that_has_reported_is_found_again_and_placed()
    {
        await _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            """{"source":"cron/nightly","status":"up"}"""
        );
        await World.ApplyAsync("nodes: [{ name: Nightly, check: cron/nightly }]");
        var text = await World.ExportAsync();
        text.ShouldContain("source: cron/nightly");
        ConfigWorld.Said(await World.ApplyAsync(text, prune: true)).ShouldBeEmpty();
    }

    private static List<string> Members(JsonElement plan, int change) =>
        [
            .. plan.Many("changes")[change]
                .Many("members")
                .Select(m => $"{m.Text("member")}: {m.GetProperty("before")} -> {m.GetProperty("after")}"),
        ];

    // All events of one commit bear one timestamp.
    private async Task<long> CommitsAsync()
    {
        await using var command = _torch.Database.DataSource.CreateCommand(
            """
            select count(distinct timestamp) from journal.mt_events
            where type in ('node_created', 'check_created', 'maintenance_scheduled', 'objective_created', 'status_defined', 'rules_published')
            """
        );
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
