using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Torch.Server.Auth;

namespace Torch.Server.Tests.Auth;

/// <summary>Passwords and tokens of checks: told to agents, shown to nobody, and not in the clear on disk.</summary>
public sealed class SecretTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private const string Password = "open-sesame-4711";
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task A_secret_that_was_written_is_never_shown_again()
    {
        var (path, position) = await CreateAsync("shown");

        var check = await _client.FetchAsync(path, position);
        check.GetProperty("http").GetProperty("auth").GetProperty("bearer").GetString().ShouldBe(Secrets.Mask);
        var headers = check.GetProperty("http").GetProperty("headers");
        headers.GetProperty("X-Api-Key").GetString().ShouldBe(Secrets.Mask);
        headers.GetProperty("X-Team").GetString().ShouldBe("shop");
        foreach (var read in new[] { "/api/v1/checks", "/api/v1/events?limit=1000", "/api/v1/audit" })
            (await _client.FetchAsync(read, position)).GetRawText().ShouldNotContain(Password);
    }

    [Fact]
    public async Task The_log_has_it_encrypted()
    {
        var (path, position) = await CreateAsync("stored");
        await _client.FetchAsync(path, position);

        var data = await StoredAsync(path);
        data.ShouldNotContain(Password);
        data.ShouldContain(Secrets.Prefix);
    }

    [Fact]
    public async Task Sent_back_as_it_was_shown_it_stays_and_sent_again_it_changes_nothing()
    {
        var (path, position) = await CreateAsync("kept");
        await _client.FetchAsync(path, position);
        var before = await StoredAsync(path);

        var masked = await _client.ExpectAsync(HttpStatusCode.OK, "PUT", path, Check("kept", Secrets.Mask));
        var same = await _client.ExpectAsync(HttpStatusCode.OK, "PUT", path, Check("kept", Password));

        masked.Number("version").ShouldBe(1);
        same.Number("version").ShouldBe(1);
        (await StoredAsync(path)).ShouldBe(before);
    }

    [Fact]
    public async Task A_kept_secret_is_not_sent_to_another_address()
    {
        var (path, _) = await CreateAsync("redirected");
        var elsewhere = Check("redirected", Secrets.Mask).Replace("shop.example", "evil.example");

        using var refused = await _client.SendAsync("PUT", path, elsewhere);

        var problem = await refused.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "secret_needed");
        problem.GetProperty("errors").EnumerateObject().ShouldAllBe(e => e.Name.StartsWith("/http/"));
    }

    [Fact]
    public async Task A_mask_is_no_secret_for_a_new_check()
    {
        using var refused = await _client.SendAsync("POST", "/api/v1/checks", Check("masked", Secrets.Mask));

        await refused.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "secret_needed");
    }

    [Fact]
    public async Task What_was_stored_in_the_clear_before_is_hidden_too()
    {
        var (path, position) = await CreateAsync("old");
        await _client.FetchAsync(path, position);
        await fixture.Torch.Database.ExecuteAsync(
            $$"""
            alter table journal.mt_events disable trigger user;
            update journal.mt_events set data = jsonb_set(data, '{settings,http,auth,bearer}', '"in-the-clear-0815"')
            where stream_id = '{{path.Split('/')[^1]}}';
            alter table journal.mt_events enable trigger user;
            """
        );

        (await _client.FetchAsync("/api/v1/events?newest=true")).GetRawText().ShouldNotContain("in-the-clear-0815");
        (await _client.FetchAsync("/api/v1/audit")).GetRawText().ShouldNotContain("in-the-clear-0815");
    }

    [Fact]
    public void Keys_of_another_folder_do_not_reveal_it()
    {
        var (one, other) = (NewKeys(), NewKeys());
        var stored = one.Protect("text");

        one.Reveal(stored).ShouldBe("text");
        Should.Throw<SecretUnreadableException>(() => other.Reveal(stored));
        one.Reveal("plain").ShouldBe("plain");
    }

    [Fact]
    public async Task Keys_in_a_folder_outlive_the_server()
    {
        var folder = Directory.CreateTempSubdirectory("torch-keys-").FullName;
        try
        {
            var stored = "";
            await using (var first = Services(folder))
                stored = first.GetRequiredService<Secrets>().Protect("text");
            await using var second = Services(folder);

            second.GetRequiredService<Secrets>().Reveal(stored).ShouldBe("text");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ServiceProvider Services(string folder)
    {
        var services = new ServiceCollection();
        services.AddSecrets(folder);
        return services.BuildServiceProvider();
    }

    private static Secrets NewKeys() => new(new Microsoft.AspNetCore.DataProtection.EphemeralDataProtectionProvider());

    private static string Check(string name, string secret) =>
        $$$"""
            {"name":"{{{name}}}","kind":"http","interval":"PT1M","http":{"url":"https://shop.example/{{{name}}}",
             "headers":{"X-Api-Key":"{{{secret}}}","X-Team":"shop"},"auth":{"bearer":"{{{secret}}}"} } }
            """;

    private async Task<(string Path, long Position)> CreateAsync(string name)
    {
        var created = await _client.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/checks",
            Check(name, Password)
        );
        return ($"/api/v1/checks/{created.Text("id")}", created.Number("position"));
    }

    // The event and the read table, as they are on disk.
    private async Task<string> StoredAsync(string path)
    {
        await using var command = fixture.Torch.Database.DataSource.CreateCommand(
            """
            select string_agg(data::text, ' ' order by version) || (select settings::text from torch.checks where id = $1)
            from journal.mt_events where stream_id = $1
            """
        );
        command.Parameters.Add(new() { Value = Guid.Parse(path.Split('/')[^1]) });
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
