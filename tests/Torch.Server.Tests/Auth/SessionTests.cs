using System.Net;
using Microsoft.AspNetCore.Http;
using Torch.Server.Auth;
using Torch.Testing;

namespace Torch.Server.Tests.Auth;

/// <summary>Theft, fixation and reuse of sessions.</summary>
[Collection(AccountFixture.Name)]
public sealed class SessionTests(AccountFixture fixture)
{
    private const string Password = AccountWorld.Password;
    private readonly TorchFactory _torch = fixture.Torch;
    private readonly HttpClient _admin = fixture.Admin;

    [Fact]
    public async Task Only_the_hash_of_a_cookie_is_kept()
    {
        await _admin.AddPersonAsync("cookie", "viewer");
        var cookie = (await _torch.SignInAsync("cookie")).Split('=')[1];

        (await _torch.Database.CountAsync("torch_auth.sessions s where s::text like '%" + cookie + "%'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_session_that_was_there_before_does_not_become_the_one_that_signs_in()
    {
        await _admin.AddPersonAsync("fix", "viewer");
        using var planted = _torch.Browser(Sessions.CookieName + "=planted-by-somebody-else");
        using var answer = await planted.SignInAsync("fix", Password);

        AccountWorld.CookieOf(answer).ShouldNotContain("planted");
        using var after = await planted.SendAsync("GET", "/api/v1/nodes");
        await after.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Another_password_ends_all_other_sessions()
    {
        const string next = "another horse battery";
        await _admin.AddPersonAsync("pat", "viewer");
        using var stolen = _torch.Browser(await _torch.SignInAsync("pat"));
        using var own = _torch.Browser(await _torch.SignInAsync("pat"));
        await stolen.FetchAsync("/api/v1/nodes");

        var body = $$"""{"current":"{{Password}}","password":"{{next}}"}""";
        await own.ExpectAsync(HttpStatusCode.OK, "PUT", "/api/v1/session/password", body);

        await stolen.ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/v1/nodes");
        await own.FetchAsync("/api/v1/nodes");
        using var client = _torch.Client();
        using var old = await client.SignInAsync("pat", Password);
        old.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await _torch.SignInAsync("pat", next);
    }

    [Fact]
    public async Task Another_password_needs_the_present_one()
    {
        await _admin.AddPersonAsync("may", "viewer");
        using var may = _torch.Browser(await _torch.SignInAsync("may"));
        var body = $$"""{"current":"not my password","password":"{{Password}}"}""";

        using var refused = await may.SendAsync("PUT", "/api/v1/session/password", body);

        await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "wrong_password");
    }

    [Fact]
    public async Task One_sees_and_ends_ones_own_sessions_and_others_are_missing()
    {
        await _admin.AddPersonAsync("one", "viewer");
        await _admin.AddPersonAsync("two", "viewer");
        using var one = _torch.Browser(await _torch.SignInAsync("one"));
        using var phone = _torch.Browser(await _torch.SignInAsync("one"));
        using var two = _torch.Browser(await _torch.SignInAsync("two"));
        var mine = (await one.FetchAsync("/api/v1/sessions")).Items();
        mine.Count.ShouldBe(2);
        var other = mine.Single(s => !s.GetProperty("current").GetBoolean()).Text("id");

        await two.ExpectAsync(HttpStatusCode.NotFound, "DELETE", $"/api/v1/sessions/{other}");
        await two.ExpectAsync(HttpStatusCode.Forbidden, "GET", "/api/v1/sessions?all=true");
        await phone.FetchAsync("/api/v1/nodes");
        await one.ExpectAsync(HttpStatusCode.NoContent, "DELETE", $"/api/v1/sessions/{other}");

        await phone.ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/v1/nodes");
        var all = (await _admin.FetchAsync("/api/v1/sessions?all=true")).Items();
        all.ShouldContain(s => s.Text("actor") == "two");
    }

    [Fact]
    public async Task Who_is_removed_is_out()
    {
        var id = await _admin.AddPersonAsync("rem", "viewer");
        using var rem = _torch.Browser(await _torch.SignInAsync("rem"));
        await rem.FetchAsync("/api/v1/nodes");

        await _admin.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/people/{id}");

        await rem.ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/v1/nodes");
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_use_a_session()
    {
        await _admin.AddPersonAsync("csr", "editor");
        using var browser = _torch.Browser(await _torch.SignInAsync("csr"));
        using var posted = await browser.SendAsync(
            "POST",
            "/api/v1/nodes",
            """{"name":"x"}""",
            ("Origin", "https://evil.example")
        );
        using var form = new FormUrlEncodedContent([new("name", "x")]);
        using var formed = await browser.PostAsync("/api/v1/nodes", form);

        await posted.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "cross_site");
        formed.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("access_token")]
    [InlineData("token")]
    public async Task A_key_in_the_address_opens_nothing(string parameter)
    {
        var (_, key) = await _admin.AddKeyAsync(new { name = $"url {parameter}", scopes = new[] { "read" } });
        using var client = _torch.Client();

        await client.ExpectAsync(HttpStatusCode.Unauthorized, "GET", $"/api/v1/nodes?{parameter}={key}");
    }

    [Fact]
    public async Task Guessing_one_account_slows_down_and_others_do_not_notice()
    {
        await _admin.AddPersonAsync("vi1", "viewer");
        await _admin.AddPersonAsync("vi2", "viewer");
        using var client = _torch.Client();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await client.SignInAsync("vi1", "a wrong horse battery");
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var sixth = await client.SignInAsync("vi1", Password);

        await sixth.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too_many_tries");
        await _torch.SignInAsync("vi2");
    }

    [Theory]
    [InlineData(61, 0)]
    [InlineData(50, 15)]
    public async Task A_session_is_over_after_an_idle_hour_or_half_a_day(int idleMinutes, int uses)
    {
        var time = new SetTime { Now = DateTimeOffset.UtcNow };
        var sessions = new Sessions(_torch.Database.DataSource, time);
        var cookie = await sessions.StartAsync($"test:{idleMinutes}", new DefaultHttpContext());
        for (var i = 0; i < uses; i++)
        {
            time.Now += TimeSpan.FromMinutes(idleMinutes);
            var isYoung = idleMinutes * (i + 1) <= 12 * 60;
            (await sessions.FindAsync(cookie, prolong: true, CancellationToken.None) is not null).ShouldBe(isYoung);
        }

        time.Now += TimeSpan.FromMinutes(idleMinutes);

        (await sessions.FindAsync(cookie, prolong: true, CancellationToken.None)).ShouldBeNull();
        (await sessions.ListAsync($"test:{idleMinutes}", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_page_asks_for_while_nobody_is_there_keeps_no_session_alive()
    {
        const string newest = "started_at = (select max(started_at) from torch_auth.sessions)";
        await _admin.AddPersonAsync("away", "viewer");
        using var browser = _torch.Browser(await _torch.SignInAsync("away"));
        await _torch.Database.ExecuteAsync(
            $"update torch_auth.sessions set seen_at = now() - interval '30 minutes' where {newest}"
        );
        for (var i = 0; i < 2; i++)
        {
            using var poll = await browser.SendAsync("GET", "/api/v1/nodes", null, ("Torch-Unattended", "1"));
            poll.StatusCode.ShouldBe(HttpStatusCode.OK);
            await Task.Delay(TimeSpan.FromSeconds(3));
        }
        (await IsSeenAsync()).ShouldBeFalse();
        await Eventually.IsTrueAsync(
            async () =>
            {
                await browser.FetchAsync("/api/v1/nodes");
                return await IsSeenAsync();
            },
            TimeSpan.FromSeconds(20)
        );

        async Task<bool> IsSeenAsync() =>
            await _torch.Database.CountAsync(
                $"torch_auth.sessions where {newest} and seen_at > now() - interval '20 minutes'"
            ) == 1;
    }

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Now.Ticks;
    }
}
