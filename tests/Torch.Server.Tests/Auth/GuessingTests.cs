using System.Net;

namespace Torch.Server.Tests.Auth;

public sealed class GuessingTests(KeyedFixture fixture) : IClassFixture<KeyedFixture>
{
    [Fact]
    public async Task Guessing_slows_down()
    {
        using var client = fixture.Torch.Client();
        for (var i = 0; i < 5; i++)
            await client.ExpectAsync(HttpStatusCode.Unauthorized, "POST", "/api/v1/session", """{"key":"wrong"}""");

        using var sixth = await client.SendAsync("POST", "/api/v1/session", $$"""{"key":"{{KeyedFixture.Key}}"}""");

        await sixth.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too_many_tries");
        sixth.Headers.RetryAfter.ShouldNotBeNull();
    }
}
