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

    [Fact]
    public async Task Guessing_at_once_is_slowed_down_as_guessing_in_a_row_is()
    {
        await using var torch = await TorchFactory.StartAsync(("ADMIN_KEY", KeyedFixture.Key));
        using var client = torch.Client();

        var guesses = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => client.SignInAsync("nobody", $"a wrong horse battery {i}"))
        );

        guesses.Count(g => g.StatusCode == HttpStatusCode.Unauthorized).ShouldBeInRange(1, 20);
        guesses.ShouldAllBe(g =>
            g.StatusCode == HttpStatusCode.Unauthorized || g.StatusCode == HttpStatusCode.TooManyRequests
        );
        foreach (var guess in guesses)
            guess.Dispose();
    }
}
