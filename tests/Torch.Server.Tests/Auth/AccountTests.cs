using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Torch.Server.Auth;

namespace Torch.Server.Tests.Auth;

[Collection(AccountFixture.Name)]
public sealed class AccountTests(AccountFixture fixture)
{
    private const string Password = AccountWorld.Password;
    private readonly TorchFactory _torch = fixture.Torch;
    private readonly HttpClient _admin = fixture.Admin;

    [Fact]
    public async Task Once_somebody_has_an_account_a_stranger_sees_nothing()
    {
        using var stranger = _torch.Client();
        using var nodes = await stranger.SendAsync("GET", "/api/v1/nodes");

        await nodes.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        var session = await stranger.FetchAsync("/api/v1/session");
        session.GetProperty("required").GetBoolean().ShouldBeTrue();
        session.GetProperty("setup").GetBoolean().ShouldBeFalse();
        session.GetProperty("rights").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_token_of_the_start_works_once()
    {
        using var stranger = _torch.Client();
        var token = _torch.Services.GetRequiredService<Setup>().Token;
        using var again = await stranger.SendAsync(
            "POST",
            "/api/v1/session/setup",
            $$"""{"token":"{{token}}","name":"eve","password":"{{Password}}"}"""
        );

        await again.ShouldBeProblemAsync(HttpStatusCode.Conflict, "set_up_already");
    }

    [Fact]
    public async Task Each_role_may_do_what_it_says()
    {
        await _admin.AddPersonAsync("vic", "viewer");
        await _admin.AddPersonAsync("edi", "editor");
        using var viewer = _torch.Browser(await _torch.SignInAsync("vic"));
        using var editor = _torch.Browser(await _torch.SignInAsync("edi"));
        const string node = """{"name":"Shop"}""";

        await viewer.FetchAsync("/api/v1/nodes");
        await viewer.ExpectAsync(HttpStatusCode.Forbidden, "POST", "/api/v1/nodes", node);
        await viewer.ExpectAsync(HttpStatusCode.Forbidden, "GET", "/api/v1/people");
        await editor.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/nodes", node);
        await editor.ExpectAsync(HttpStatusCode.Forbidden, "GET", "/api/v1/people");
        await editor.ExpectAsync(HttpStatusCode.Forbidden, "POST", "/api/v1/keys", "{}");
        await _admin.FetchAsync("/api/v1/people");
    }

    [Fact]
    public async Task Another_role_counts_where_one_is_signed_in_already()
    {
        var id = await _admin.AddPersonAsync("ron", "editor");
        using var ron = _torch.Browser(await _torch.SignInAsync("ron"));
        await ron.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/nodes", """{"name":"Ron's"}""");

        await _admin.ExpectAsync(HttpStatusCode.OK, "PATCH", $"/api/v1/people/{id}", """{"role":"viewer"}""");

        await ron.ExpectAsync(HttpStatusCode.Forbidden, "POST", "/api/v1/nodes", """{"name":"Ron's too"}""");
    }

    [Fact]
    public async Task An_editor_of_one_hierarchy_changes_nothing_elsewhere()
    {
        var mine = await NodeAsync(_admin, "Mine");
        var other = await NodeAsync(_admin, "Other");
        var below = await NodeAsync(_admin, "Below", mine);
        await _admin.AddPersonAsync("hal", "editor", mine);
        using var hal = _torch.Browser(await _torch.SignInAsync("hal"));

        await hal.ExpectAsync(HttpStatusCode.OK, "PATCH", $"/api/v1/nodes/{below}", """{"name":"Below, renamed"}""");
        await NodeAsync(hal, "New", mine);
        foreach (
            var (method, path, body) in new[]
            {
                ("PATCH", $"/api/v1/nodes/{other}", """{"name":"Taken"}"""),
                ("DELETE", $"/api/v1/nodes/{other}", (string?)null),
                ("POST", "/api/v1/nodes", """{"name":"A root"}"""),
                ("POST", "/api/v1/nodes", $$"""{"name":"There","parentId":"{{other}}"}"""),
                ("POST", $"/api/v1/nodes/{below}/move", $$"""{"parentId":"{{other}}"}"""),
                ("PUT", $"/api/v1/nodes/{below}/parents/{other}", "{}"),
                ("PUT", $"/api/v1/nodes/{other}/acknowledgement", """{"reason":"x"}"""),
                (
                    "POST",
                    "/api/v1/slos",
                    $$"""{"name":"s","nodeId":"{{other}}","target":99,"window":{"kind":"rolling","duration":"P30D"} }"""
                ),
                (
                    "POST",
                    "/api/v1/statuses",
                    """{"name":"odd","label":"Odd","severity":3,"available":true,"shape":"circle","colour":"#777777"}"""
                ),
            }
        )
            await hal.ExpectAsync(HttpStatusCode.Forbidden, method, path, body);
        await hal.FetchAsync($"/api/v1/nodes/{other}");
    }

    [Fact]
    public async Task The_last_admin_stays()
    {
        var people = (await _admin.FetchAsync("/api/v1/people")).Items();
        var ada = people.Single(p => p.Text("name") == "ada").Text("id");

        using var demoted = await _admin.SendAsync("PATCH", $"/api/v1/people/{ada}", """{"role":"viewer"}""");
        using var removed = await _admin.SendAsync("DELETE", $"/api/v1/people/{ada}");

        await demoted.ShouldBeProblemAsync(HttpStatusCode.Conflict, "last_admin");
        await removed.ShouldBeProblemAsync(HttpStatusCode.Conflict, "last_admin");
    }

    [Fact]
    public async Task Who_is_unknown_is_refused_as_who_has_a_wrong_password_is()
    {
        await _admin.AddPersonAsync("una", "viewer");
        using var client = _torch.Client();
        using var unknown = await client.SignInAsync("nobody-here", Password);
        using var wrong = await client.SignInAsync("una", "wrong horse battery");

        var one = await unknown.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "wrong_password");
        var other = await wrong.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "wrong_password");
        one.Text("detail").ShouldBe(other.Text("detail"));
    }

    [Theory]
    [InlineData("12345678901", false)]
    [InlineData("123456789012", true)]
    [InlineData("            ", true)]
    public async Task A_password_has_twelve_characters_of_any_kind(string password, bool isTaken)
    {
        var name = $"len{password.Length}{password.Trim().Length}";
        var body = $$"""{"name":"{{name}}","role":"viewer","password":"{{password}}"}""";

        using var answer = await _admin.SendAsync("POST", "/api/v1/people", body);

        answer.StatusCode.ShouldBe(isTaken ? HttpStatusCode.Created : HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_log_says_who_came_in_and_what_they_did_without_a_secret()
    {
        await _admin.AddPersonAsync("log", "editor");
        using var log = _torch.Browser(await _torch.SignInAsync("log"));
        await NodeAsync(log, "Logged");
        using var client = _torch.Client();
        await client.SignInAsync("log", "a wrong horse here");

        var events = (await _admin.FetchAsync("/api/v1/events?newest=true&limit=1000")).Items();
        var node = events.First(e => e.Text("type") == "node_created" && e.GetRawText().Contains("Logged"));
        node.Text("actor").ShouldBe("log");
        events.ShouldContain(e => e.Text("type") == "signed_in" && e.GetProperty("data").Text("name") == "log");
        var refused = events.First(e => e.Text("type") == "sign_in_refused" && e.GetRawText().Contains("\"log\""));
        refused.GetProperty("data").Text("reason").ShouldBe("wrong_password");
        string.Concat(events.Select(e => e.GetRawText())).ShouldNotContain(Password);
    }

    private static async Task<string> NodeAsync(HttpClient client, string name, string? parent = null)
    {
        var body = parent is null ? $$"""{"name":"{{name}}"}""" : $$"""{"name":"{{name}}","parentId":"{{parent}}"}""";
        var made = await client.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/nodes", body);
        return made.Text("id");
    }
}
