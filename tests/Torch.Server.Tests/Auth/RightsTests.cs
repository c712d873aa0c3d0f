using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Torch.Server.Auth;

namespace Torch.Server.Tests.Auth;

public sealed class RightsTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. fixture.Torch.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    [Fact]
    public void Every_endpoint_states_its_right()
    {
        Endpoints.Count.ShouldBeGreaterThan(80);

        Endpoints.Where(e => Rights.RightOf(e) is null).Select(e => e.DisplayName).ShouldBeEmpty();
    }

    [Fact]
    public void A_server_with_an_endpoint_that_states_none_does_not_start()
    {
        var open = new Endpoint(null, EndpointMetadataCollection.Empty, "GET /api/v1/forgotten");

        Should
            .Throw<InvalidOperationException>(() => Rights.RequireStated([.. Endpoints, open]))
            .Message.ShouldContain("/api/v1/forgotten");
    }

    [Fact]
    public void What_changes_something_never_needs_only_the_right_to_read()
    {
        // Drafts ask what would be and write nothing; a session is one's own.
        string[] drafts = ["BacktestTree", "BacktestRules", "EvaluateRules", "Simulate", "RevokeSession"];
        var changing = Endpoints.Where(e =>
            e.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: not ["GET"] }
        );

        changing
            .Where(e => Rights.RightOf(e) == Right.Read)
            .Select(e => e.Metadata.GetMetadata<EndpointNameMetadata>()!.EndpointName)
            .Except(drafts)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_but_health_the_door_and_what_has_a_token_of_its_own_is_open_to_everybody()
    {
        string[] tokens = ["/api/push/", "/ping/", "/api/v1/endpoints/{key}/external", "/api/v1/alertmanager"];
        var open = Endpoints.Where(e => Rights.RightOf(e) == Right.Anonymous).Select(e => e.RoutePattern.RawText!);

        open.ShouldAllBe(path =>
            path.StartsWith("/health", StringComparison.Ordinal)
            || path.StartsWith("/api/v1/session", StringComparison.Ordinal)
            || path == "/metrics"
            // What somebody published, and nothing else.
            || path.StartsWith("/status/", StringComparison.Ordinal)
            || path.StartsWith("/badge/", StringComparison.Ordinal)
            || tokens.Any(token => path.StartsWith(token, StringComparison.Ordinal))
        );
    }
}
