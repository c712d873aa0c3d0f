using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Torch.EventStore;
using Torch.Server.SystemLogs;
using Torch.Server.Tests.Agents;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

/// <summary>What servers and agents log, for a week and within a size.</summary>
public sealed class SystemLogTests(KeyedFixture fixture) : IClassFixture<KeyedFixture>
{
    private const string Logs = "/api/v1/system/logs";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_the_server_logs_can_be_searched_and_is_counted()
    {
        using var client = fixture.Torch.Client(KeyedFixture.Key);
        JsonElement page = default;
        await Eventually.IsTrueAsync(
            async () =>
                (page = await client.FetchAsync($"{Logs}?component=Torch.Server&text=LEADING")).Items().Count > 0,
            Limit
        );
        page.Items()[0].Text("message").ShouldContain("Leading the evaluation");
        page.Items()[0].Text("level").ShouldBe("information");
        page.Items()[0].Text("host").ShouldBe(Environment.MachineName);
        page.Items()[0].GetProperty("agent").ValueKind.ShouldBe(JsonValueKind.Null);
        (await client.FetchAsync($"{Logs}?component=Torch.Ser")).Items().ShouldBeEmpty();
        (await client.FetchAsync($"{Logs}?text=nothing-says-this")).Items().ShouldBeEmpty();
        (await client.FetchAsync($"{Logs}?to=2020-01-01T00:00:00Z")).Items().ShouldBeEmpty();
        (await client.GetStringAsync("/metrics")).ShouldContain("torch_log_lines_total{level=\"information\"");
    }

    [Fact]
    public async Task Lines_of_an_agent_are_kept_once_with_its_name_and_machine_and_counted()
    {
        using var client = fixture.Torch.Client(KeyedFixture.Key);
        using var agent = await RemoteAgent.ComeAsync(fixture.Torch, client, "rack 7", "logs");
        var now = DateTimeOffset.UtcNow;
        var lines = string.Join(
            ',',
            Line(Guid.CreateVersion7(), now, "warning", "the first"),
            Line(Guid.CreateVersion7(), now.AddYears(9), "error", "of the future", "System.IOException: no space left"),
            Line(Guid.CreateVersion7(), now.AddYears(-9), "error", "of the past")
        );
        // The answer to the first was lost, says the agent.
        await agent.BeatAsync(lines);
        await agent.BeatAsync(lines);

        JsonElement page = default;
        await Eventually.IsTrueAsync(
            async () => (page = await client.FetchAsync($"{Logs}?agent=rack%207")).Items().Count >= 3,
            Limit
        );
        page.Items().Count.ShouldBe(3);
        page.Items().ShouldAllBe(l => l.Text("agent") == "rack 7" && l.Text("host") == "here");
        page.Items().ShouldAllBe(l => (l.GetProperty("at").GetDateTimeOffset() - now).Duration() < Limit);
        var worse = await client.FetchAsync($"{Logs}?agent=rack%207&level=error&text=NO%20space");
        worse.Items().Single().Text("message").ShouldBe("of the future");
        var counts = await client.FetchAsync($"{Logs}/counts");
        counts
            .EnumerateArray()
            .Single(c => c.GetProperty("agent").ValueKind == JsonValueKind.String && c.Text("level") == "error")
            .Number("lines")
            .ShouldBe(2);
        (await client.GetStringAsync("/metrics")).ShouldContain(
            "torch_log_lines_total{level=\"error\",component=\"Torch.Agent.Spool\"} 4"
        );
        (await client.FetchAsync("/api/v1/agents")).GetRawText().ShouldNotContain("of the future");
    }

    [Fact]
    public async Task Lines_without_form_are_refused_and_so_are_too_many()
    {
        using var client = fixture.Torch.Client(KeyedFixture.Key);
        using var agent = await RemoteAgent.ComeAsync(fixture.Torch, client, "rack 8", "form");
        var line = Line(Guid.CreateVersion7(), DateTimeOffset.UtcNow, "warning", "as it should be");
        foreach (
            var lines in (string[])
                [
                    "null",
                    Line(Guid.Empty, DateTimeOffset.UtcNow, "warning", "without an id"),
                    Line(Guid.CreateVersion7(), DateTimeOffset.UtcNow, "trace", "of no level"),
                    Line(Guid.CreateVersion7(), DateTimeOffset.UtcNow, "warning", new string('x', 9_000)),
                    string.Join(',', Enumerable.Repeat(line, 21)),
                ]
        )
        {
            using var answer = await agent.BeatAsync(lines);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, lines[..Math.Min(100, lines.Length)]);
        }
    }

    [Fact]
    public async Task Lines_are_read_page_by_page_the_newest_first()
    {
        using var client = fixture.Torch.Client(KeyedFixture.Key);
        await InsertAsync(fixture.Torch.Database, "Paged.Part", 7, "interval '1 second' * i");
        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await client.FetchAsync(
                $"{Logs}?component=Paged&limit=3{(next is null ? "" : "&before=" + next)}"
            );
            seen.AddRange(page.Items().Select(l => l.Text("message")[..6]));
            next = page.GetProperty("next").GetString();
        } while (next is not null);
        seen.ShouldBe(["line 1", "line 2", "line 3", "line 4", "line 5", "line 6", "line 7"]);
        using var foreign = await client.SendAsync("GET", $"{Logs}?before=WyJhIiwiYiJd");
        foreign.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_is_older_than_a_week_goes_and_beyond_a_size_the_oldest_do_and_then_no_more()
    {
        await using var database = await TestDatabase.CreateAsync(
            SchemaScript.EmbeddedIn(typeof(TorchServer).Assembly)
        );
        await InsertAsync(database, "Old", 5, "interval '8 days' + interval '1 second' * i");
        await InsertAsync(database, "Large", 2_000, "interval '1 second' * i");
        using var capture = new LogCapture(TimeProvider.System);
        using var store = new LogStore(
            capture,
            NullLoggerFactory.Instance,
            database.DataSource,
            new TorchOptions { LogBytes = 500_000 },
            TimeProvider.System
        );
        await store.CleanAsync(TestContext.Current.CancellationToken);

        (await database.CountAsync("torch_log.system_logs where component = 'Old'")).ShouldBe(0);
        var kept = await database.CountAsync("torch_log.system_logs");
        kept.ShouldBeInRange(600, 1_500);
        (await database.CountAsync("torch_log.system_logs where message like 'line 1 %'")).ShouldBe(1);
        // Deleted rows leave the table as large as it was: that must not cost the others.
        await store.CleanAsync(TestContext.Current.CancellationToken);
        (await database.CountAsync("torch_log.system_logs")).ShouldBe(kept);
    }

    // The first is the newest; ids are drawn in the order of time.
    private static Task InsertAsync(TestDatabase database, string component, int lines, string ago) =>
        database.ExecuteAsync(
            $"""
            insert into torch_log.system_logs (at, level, component, host, message)
            select now() - ({ago}), 3, '{component}', 'here',
                'line ' || i || ' ' || (select string_agg(md5((i * 20 + n)::text), '') from generate_series(1, 10) n)
            from generate_series({lines}, 1, -1) i
            """
        );

    private static string Line(Guid id, DateTimeOffset at, string level, string message, string? exception = null) =>
        $$"""
            {"id":"{{id}}","at":"{{at:O}}","level":"{{level}}","component":"Torch.Agent.Spool","message":"{{message}}","exception":{{(
                exception is null ? "null" : $"\"{exception}\""
            )}}}
            """;
}
