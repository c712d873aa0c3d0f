using System.Net;

namespace Torch.Server.Tests.Auth;

public sealed class DemoTests
{
    [Fact]
    public async Task Demo_comes_in_where_a_demo_was_asked_for_and_closes_the_door_for_nobody()
    {
        await using var torch = await TorchFactory.StartAsync(("DEMO", "true"));
        using var stranger = torch.Client();
        using var demo = torch.Browser(await torch.SignInAsync("demo", "demo"));

        (await demo.FetchAsync("/api/v1/session")).Text("actor").ShouldBe("demo");
        await demo.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/nodes", """{"name":"Demo"}""");
        await stranger.FetchAsync("/api/v1/nodes");

        await torch.SetUpAsync();
        await stranger.ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/v1/nodes");
    }
}

[Collection(AccountFixture.Name)]
public sealed class NoDemoTests(AccountFixture fixture)
{
    [Fact]
    public async Task Where_no_demo_was_asked_for_demo_is_nobody()
    {
        using var client = fixture.Torch.Client();
        using var refused = await client.SignInAsync("demo", "demo");

        await refused.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "wrong_password");
    }
}
