using System.Diagnostics;
using System.Net;
using Npgsql;
using Torch.Testing;

namespace Torch.Server.Tests.Database;

/// <summary>What others do on the same PostgreSQL, as a client of Torch sees it.</summary>
public sealed class OtherTransactionsTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private const string Path = "/api/v1/reports";
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task A_transaction_left_open_in_another_database_stalls_no_read()
    {
        await using var idle = new NpgsqlConnection(await PostgresServer.ConnectionStringAsync());
        await idle.OpenAsync();
        await using var open = new NpgsqlCommand(
            "begin isolation level repeatable read; select pg_current_xact_id()",
            idle
        );
        await open.ExecuteNonQueryAsync();

        var answer = await ReportAsync("idle/elsewhere");

        var page = await _client.FetchAsync($"{Path}?source=idle/elsewhere", answer.Number("position"));
        page.Items().ShouldHaveSingleItem().GetProperty("value").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task A_commit_beyond_the_time_limit_is_503_with_retry_after_and_stores_nothing()
    {
        await fixture.Torch.Database.ExecuteAsync(
            """
            create function public.doze() returns trigger language plpgsql as $$ begin perform pg_sleep(30); return new; end $$;
            create trigger doze before insert on telemetry.mt_events for each row when (new.data ->> 'source' = 'sleepy')
                execute function public.doze();
            """
        );
        var begun = Stopwatch.GetTimestamp();

        using var refused = await _client.SendAsync("POST", Path, """{"source":"sleepy","value":1}""");

        await refused.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        refused.Headers.RetryAfter.ShouldNotBeNull();
        Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(20), "pg_sleep goes on for 30 s");
        await ReportAsync("awake");
        (await fixture.Torch.Database.CountAsync("telemetry.mt_events where data ->> 'source' = 'sleepy'")).ShouldBe(0);
    }

    private Task<System.Text.Json.JsonElement> ReportAsync(string source) =>
        _client.ExpectAsync(HttpStatusCode.Accepted, "POST", Path, $$"""{"source":"{{source}}","value":1}""");
}
