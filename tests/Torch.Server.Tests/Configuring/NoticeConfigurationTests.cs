using System.Text.Json;
using Torch.Server.Tests.Features;

namespace Torch.Server.Tests.Configuring;

/// <summary>Channels and notice rules as a file: what is secret stays out of it.</summary>
public sealed class NoticeConfigurationTests : TorchTest
{
    private const string File = """
        torch: 1
        nodes:
          - name: Shop
            children: [{ name: Checkout }]
        channels:
          - name: On call
            kind: slack
            url: ${CHAT_URL}
          - name: Night mail
            kind: email
            email: { host: mail.example, from: torch@example.org, to: [ann@example.org], user: torch, password: "${MAIL_PASSWORD}" }
        notices:
          - name: The shop
            channels: [On call]
            nodes: [Shop/Checkout]
            atLeast: critical
            delay: 2m
            escalations:
              - { after: 30m, channels: [Night mail] }
            quiet: { schedule: "daily 22:00-07:00", timeZone: Europe/Berlin, except: down }
        """;

    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["CHAT_URL"] = "https://hooks.example/T0/s3cr3t-path",
        ["MAIL_PASSWORD"] = "hunter2-mail",
    };

    private ConfigWorld World => new(_client);

    [Fact]
    public async Task Channels_and_rules_are_applied_once_exported_without_secrets_and_applied_again_change_nothing()
    {
        var applied = await World.ApplyAsync(File, variables: Secrets);
        ConfigWorld
            .Said(applied)
            .ShouldBe([
                "create node Shop",
                "create node Shop/Checkout",
                "create channel On call",
                "create channel Night mail",
                "create notice The shop",
            ]);
        ShouldHideSecrets(applied.GetRawText());
        ConfigWorld.Said(await World.ApplyAsync(File, prune: true, variables: Secrets)).ShouldBeEmpty();

        var text = await World.ExportAsync();
        ShouldHideSecrets(text);
        text.ShouldContain("url: ${ON_CALL_URL}");
        text.ShouldContain("password: ${NIGHT_MAIL_PASSWORD}");
        text.ShouldContain("#   ON_CALL_URL");
        text.ShouldContain("after: 30m");
        ConfigWorld.Said(await World.ApplyAsync(text, prune: true, variables: [])).ShouldBeEmpty(text);

        await using var other = await TorchFactory.StartAsync();
        using var client = other.Client();
        var there = new ConfigWorld(client);
        var secrets = new Dictionary<string, string>
        {
            ["ON_CALL_URL"] = Secrets["CHAT_URL"],
            ["NIGHT_MAIL_PASSWORD"] = Secrets["MAIL_PASSWORD"],
        };
        await there.ApplyAsync(text, variables: secrets);
        (await there.ExportAsync()).ShouldBe(text);
    }

    [Fact]
    public async Task Another_secret_is_said_to_be_another_one_and_one_without_a_value_stays()
    {
        await World.ApplyAsync(File, variables: Secrets);
        var rotated = new Dictionary<string, string> { ["CHAT_URL"] = "https://hooks.example/T0/0ther-s3cr3t" };
        var plan = await World.PlanAsync(File, variables: rotated);
        ConfigWorld.Said(plan).ShouldBe(["change channel On call"]);
        var member = plan.Many("changes")[0].Many("members").Single();
        (member.Text("member"), member.Text("before"), member.Text("after")).ShouldBe(
            ("url", "(secret)", "(secret) (another one)")
        );
        ShouldHideSecrets(plan.GetRawText());
        plan.GetRawText().ShouldNotContain("0ther");
        await World.ApplyAsync(File, variables: rotated);
        ConfigWorld.Said(await World.PlanAsync(File, variables: rotated)).ShouldBeEmpty();
        var journal = (await _client.FetchAsync("/api/v1/events?types=channel_created,channel_changed")).GetRawText();
        ShouldHideSecrets(journal);
        journal.ShouldNotContain("0ther");
    }

    [Fact]
    public async Task What_the_file_does_not_name_goes_with_pruning_and_stays_without()
    {
        await World.ApplyAsync(File, variables: Secrets);
        const string less = """
            torch: 1
            channels:
              - { name: On call, kind: slack, url: "${CHAT_URL}", enabled: false }
            notices: []
            """;
        ConfigWorld.Said(await World.PlanAsync(less, variables: [])).ShouldBe(["change channel On call"]);
        ConfigWorld
            .Said(await World.ApplyAsync(less, prune: true, variables: []))
            .ShouldBe(["change channel On call", "delete channel Night mail", "delete notice The shop"]);
        (await _client.FetchAsync("/api/v1/notices/rules")).Items().ShouldBeEmpty();
        (await _client.FetchAsync("/api/v1/channels"))
            .Items()
            .Single()
            .GetProperty("enabled")
            .GetBoolean()
            .ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_wrong_is_named_at_its_place_and_nothing_is_done()
    {
        const string wrong = """
            torch: 1
            channels:
              - { name: New, kind: slack, url: "${NOBODY_SAID}" }
              - { name: Relay, kind: email, email: { host: mail.example, from: "no address", to: [ann@example.org] } }
            notices:
              - { name: One, channels: [Nobody], nodes: [Nowhere] }
              - { name: Two, channels: [Relay], atLeast: fine }
            """;
        var problems = await World.RefusedAsync(wrong);
        problems["/channels/0/url"].ShouldContain("the variable NOBODY_SAID has no value");
        problems["/channels/1/email/from"].ShouldContain("must be an e-mail address");
        problems["/notices/0/channels/0"].ShouldContain("there is no channel \"Nobody\"");
        problems["/notices/0/nodes/0"].ShouldContain("there is no node \"Nowhere\"");
        (await _client.FetchAsync("/api/v1/channels")).Items().ShouldBeEmpty();
    }

    private static void ShouldHideSecrets(string text)
    {
        foreach (var secret in (string[])["s3cr3t", "hunter2"])
            text.ShouldNotContain(secret);
    }
}
