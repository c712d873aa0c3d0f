using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Torch.Server.Auth;

namespace Torch.Server.Tests.Auth;

/// <summary>A server with an admin's account, and the ways in.</summary>
internal static class AccountWorld
{
    public const string Password = "correct horse battery";

    /// <summary>Makes the first account with the token, and answers its cookie.</summary>
    public static async Task<string> SetUpAsync(this TorchFactory torch, string name = "ada")
    {
        using var client = torch.Client();
        var token = torch.Services.GetRequiredService<Setup>().Token;
        using var made = await client.SendAsync(
            "POST",
            "/api/v1/session/setup",
            $$"""{"token":"{{token}}","name":"{{name}}","password":"{{Password}}"}"""
        );
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        return CookieOf(made);
    }

    /// <summary>A client that sends a session's cookie.</summary>
    public static HttpClient Browser(this TorchFactory torch, string cookie)
    {
        var client = torch.Client();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return client;
    }

    public static async Task<string> SignInAsync(this TorchFactory torch, string name, string password = Password)
    {
        using var client = torch.Client();
        using var answer = await client.SignInAsync(name, password);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return CookieOf(answer);
    }

    public static Task<HttpResponseMessage> SignInAsync(this HttpClient client, string name, string password) =>
        client.SendAsync("POST", "/api/v1/session", JsonSerializer.Serialize(new { name, password }));

    public static string CookieOf(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().Split(';')[0];

    /// <summary>Makes an account, and answers its id.</summary>
    public static async Task<string> AddPersonAsync(
        this HttpClient admin,
        string name,
        string role,
        params IReadOnlyList<string> hierarchies
    )
    {
        var made = await admin.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/people",
            JsonSerializer.Serialize(
                new
                {
                    name,
                    role,
                    hierarchies,
                    password = Password,
                }
            )
        );
        return made.Text("id");
    }

    /// <summary>Makes a key, and answers it with its id.</summary>
    public static async Task<(string Id, string Key)> AddKeyAsync(this HttpClient admin, object wanted)
    {
        var made = await admin.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/keys",
            JsonSerializer.Serialize(wanted)
        );
        return (made.Text("id"), made.Text("key"));
    }
}

/// <summary>One server with an admin's account for the tests of several classes.</summary>
[CollectionDefinition(Name)]
public sealed class AccountCollection : ICollectionFixture<AccountFixture>
{
    private const string Name = AccountFixture.Name;
}

/// <inheritdoc cref="AccountCollection"/>
public sealed class AccountFixture : IAsyncLifetime
{
    public const string Name = "accounts";

    public TorchFactory Torch { get; private set; } = null!;

    /// <summary>The admin's browser.</summary>
    public HttpClient Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Torch = await TorchFactory.StartAsync();
        Admin = Torch.Browser(await Torch.SetUpAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Torch.DisposeAsync();
    }
}
