using System.Net;

namespace Torch.Server.Tests.Http;

public sealed class SpaTests : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("torch-spa-");
    private TorchFactory _torch = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_root.FullName, "index.html"), "<title>the app</title>");
        _root.CreateSubdirectory("assets");
        await File.WriteAllTextAsync(Path.Combine(_root.FullName, "assets", "main-1a2b.js"), "export {}");
        _torch = await TorchFactory.StartAsync(("SPA_ROOT", _root.FullName));
    }

    public async ValueTask DisposeAsync()
    {
        await _torch.DisposeAsync();
        _root.Delete(recursive: true);
    }

    [Fact]
    public async Task The_app_answers_every_address_that_is_not_the_apis()
    {
        using var client = _torch.Client();
        foreach (var path in new[] { "/", "/nodes/019a1fcc-16ae-773e-a891-b542ab02a1b2", "/a/b/c" })
        {
            using var page = await client.SendAsync("GET", path);
            page.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            (await page.Content.ReadAsStringAsync()).ShouldContain("the app");
            page.Headers.CacheControl!.NoCache.ShouldBeTrue();
        }

        using var api = await client.SendAsync("GET", "/api/v1/unknown");
        await api.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        using var script = await client.SendAsync("GET", "/assets/main-1a2b.js");
        script.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromDays(365));
        using var gone = await client.SendAsync("GET", "/assets/main-0z9y.js");
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var outside = await client.SendAsync("GET", "/..%2f..%2fetc%2fpasswd");
        (await outside.Content.ReadAsStringAsync()).ShouldNotContain("root:");
    }
}
