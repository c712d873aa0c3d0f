using System.Net;
using Microsoft.AspNetCore.Authorization;

namespace Torch.Server.Auth;

/// <summary>Torch v1's path: a key, or a caller on loopback or in a network that was named for it.</summary>
internal sealed class V1Access : IAuthorizationRequirement
{
    public const string Policy = "v1";
}

internal sealed class V1AccessHandler(TorchOptions options) : AuthorizationHandler<V1Access>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, V1Access requirement)
    {
        var peer = (context.Resource as HttpContext)?.Peer() ?? IPAddress.None;
        if (context.User.HasClaim(Access.Scope, Scopes.Admin) || (!IsKnown(context) && MayPost(peer)))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    // Who shows a key gets what it opens, and nothing for where they sit.
    private static bool IsKnown(AuthorizationHandlerContext context) =>
        context.User.Identity is { IsAuthenticated: true };

    private bool MayPost(IPAddress peer) =>
        IPAddress.IsLoopback(peer) || options.V1Anonymous.Any(network => network.Contains(peer));
}
