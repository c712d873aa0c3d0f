using System.Net;
using Microsoft.AspNetCore.Authorization;

namespace Torch.Server.Auth;

/// <summary>The one thing that is asked at every endpoint: that the caller has the right which it states.</summary>
internal sealed class StatedRight : IAuthorizationRequirement;

/// <summary>Marks Torch v1's path: its scripts know no key and may post from this machine and from networks that were named.</summary>
internal sealed class V1Mark
{
    public static V1Mark Instance { get; } = new();
}

internal sealed class RightHandler(TorchOptions options) : AuthorizationHandler<StatedRight>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, StatedRight requirement)
    {
        if (context.Resource is HttpContext http && Allows(http))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    private bool Allows(HttpContext http)
    {
        // Where there is nothing, or not by this method or media type, whoever is known is told so; others learn not even that.
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
            return http.Caller() is not null;
        return Rights.RightOf(endpoint) switch
        {
            null => false,
            Right.Anonymous => true,
            { } right => http.Caller() is { } caller
                ? caller.May(right) && IsWithin(caller, right, endpoint) && Sight.Admits(caller, endpoint)
                : MayPostUnknown(http, endpoint),
        };
    }

    // What does not look at hierarchies by itself concerns them all.
    private static bool IsWithin(Caller caller, Right right, Endpoint endpoint) =>
        right != Right.Write || caller.Hierarchies is null || endpoint.Metadata.GetMetadata<BoundedMark>() is not null;

    // Who shows a key gets what it opens, and nothing for where they sit.
    private bool MayPostUnknown(HttpContext http, Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<V1Mark>() is not null && MayPost(http.Peer());

    private bool MayPost(IPAddress peer) =>
        IPAddress.IsLoopback(peer) || options.V1Anonymous.Any(network => network.Contains(peer));
}
