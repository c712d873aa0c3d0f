using System.Net;
using System.Text.Json;

namespace Torch.Server.Tests.Features;

public sealed class AgentTests(KeyedFixture fixture) : IClassFixture<KeyedFixture>
{
    private readonly TorchFactory _torch = fixture.Torch;

    [Fact]
    public async Task A_registered_agent_is_listed_and_its_key_is_told_once()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var agent = await RegisterAsync(admin, "rack 1", "berlin");
        var (id, key) = (agent.GetProperty("id").GetGuid(), agent.GetProperty("key").GetString()!);

        key.ShouldStartWith($"torch_{id:N}_");
        var one = await admin.FetchAsync($"/api/v1/agents/{id}?minPosition={agent.GetProperty("position").GetInt64()}");
        one.GetProperty("name").GetString().ShouldBe("rack 1");
        one.GetProperty("location").GetString().ShouldBe("berlin");
        one.GetProperty("state").GetString().ShouldBe("never");
        var list = await admin.FetchAsync("/api/v1/agents");
        list.Items().Count(a => a.GetProperty("id").GetGuid() == id).ShouldBe(1);
        list.GetRawText().ShouldNotContain(key);
        (await admin.FetchAsync("/api/v1/events?types=agent_registered")).GetRawText().ShouldNotContain(key);
    }

    [Fact]
    public async Task An_agent_without_a_location_stands_in_the_default_one()
    {
        using var admin = _torch.Client(KeyedFixture.Key);

        (await RegisterAsync(admin, "rack 2", null)).GetProperty("location").GetString().ShouldBe("default");
    }

    [Theory]
    [InlineData("""{"name":""}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"name":"a","location":"Ber lin"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"name":"a","location":""}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"name":"a","key":"mine"}""", HttpStatusCode.BadRequest)]
    public async Task A_registration_that_makes_no_sense_is_refused(string body, HttpStatusCode expected)
    {
        using var admin = _torch.Client(KeyedFixture.Key);

        await admin.ExpectAsync(expected, "POST", "/api/v1/agents", body);
    }

    [Fact]
    public async Task An_agents_key_opens_its_own_paths_only()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var key = (await RegisterAsync(admin, "rack 3", null)).GetProperty("key").GetString();
        using var agent = _torch.Client(key);

        foreach (var (method, path, body) in Elsewhere)
        {
            using var answer = await agent.SendAsync(method, path, body);
            await answer.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    private static readonly (string Method, string Path, string? Body)[] Elsewhere =
    [
        ("GET", "/api/v1/nodes", null),
        ("POST", "/api/v1/reports", """{"source":"a","value":1}"""),
        ("POST", "/api/v1/post/reports", """{"report_id":"v1","value":1}"""),
        ("GET", "/api/v1/agents", null),
        ("POST", "/api/v1/agents", """{"name":"another"}"""),
        ("GET", "/api/v1/stream", null),
    ];

    [Fact]
    public async Task A_key_with_another_secret_or_of_nobody_opens_nothing()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var key = (await RegisterAsync(admin, "rack 4", null)).GetProperty("key").GetString()!;
        string[] wrong =
        [
            key[..^1] + (key[^1] == 'A' ? 'B' : 'A'),
            $"torch_{Guid.CreateVersion7():N}_{key.Split('_', 3)[2]}",
            key + "=",
        ];
        foreach (var other in wrong)
        {
            using var stranger = _torch.Client(other);
            using var answer = await stranger.SendAsync("GET", "/api/v1/nodes");
            await answer.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        }
    }

    [Fact]
    public async Task A_rotated_key_works_beside_the_one_before_and_the_one_before_that_ceases()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var agent = await RegisterAsync(admin, "rack 5", null);
        var first = agent.GetProperty("key").GetString()!;
        var second = await RotateAsync(admin, agent);

        (await StatusAsync(first)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(second)).ShouldBe(HttpStatusCode.Forbidden);
        var third = await RotateAsync(admin, agent);
        (await StatusAsync(first)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(second)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(third)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_removed_agents_key_opens_nothing()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var agent = await RegisterAsync(admin, "rack 6", null);
        var key = agent.GetProperty("key").GetString()!;
        (await StatusAsync(key)).ShouldBe(HttpStatusCode.Forbidden);

        var id = agent.GetProperty("id").GetGuid();
        await admin.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/agents/{id}");

        (await StatusAsync(key)).ShouldBe(HttpStatusCode.Unauthorized);
        await admin.ExpectAsync(HttpStatusCode.NotFound, "GET", $"/api/v1/agents/{id}");
        await admin.ExpectAsync(HttpStatusCode.NotFound, "DELETE", $"/api/v1/agents/{id}");
    }

    [Fact]
    public async Task An_agent_takes_another_name_and_location_and_says_nothing_twice()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var id = (await RegisterAsync(admin, "rack 7", null)).GetProperty("id").GetGuid();

        var changed = await admin.ExpectAsync(
            HttpStatusCode.OK,
            "PATCH",
            $"/api/v1/agents/{id}",
            """{"name":"rack seven","location":"paris"}"""
        );
        changed.GetProperty("version").GetInt64().ShouldBe(2);
        var again = await admin.ExpectAsync(
            HttpStatusCode.OK,
            "PATCH",
            $"/api/v1/agents/{id}",
            """{"location":"paris"}"""
        );
        again.GetProperty("version").GetInt64().ShouldBe(2);
        var one = await admin.FetchAsync($"/api/v1/agents/{id}");
        (one.GetProperty("name").GetString(), one.GetProperty("location").GetString()).ShouldBe(
            ("rack seven", "paris")
        );
    }

    private static async Task<JsonElement> RegisterAsync(HttpClient admin, string name, string? location) =>
        await admin.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/agents",
            location is null ? $$"""{"name":"{{name}}"}""" : $$"""{"name":"{{name}}","location":"{{location}}"}"""
        );

    private static async Task<string> RotateAsync(HttpClient admin, JsonElement agent)
    {
        var id = agent.GetProperty("id").GetGuid();
        var rotated = await admin.ExpectAsync(HttpStatusCode.OK, "POST", $"/api/v1/agents/{id}/key");
        return rotated.GetProperty("key").GetString()!;
    }

    // 403 for a key that is known, 401 for one that is not.
    private async Task<HttpStatusCode> StatusAsync(string key)
    {
        using var client = _torch.Client(key);
        using var answer = await client.SendAsync("GET", "/api/v1/nodes");
        return answer.StatusCode;
    }
}
