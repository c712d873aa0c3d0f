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
        if (context.User.Identity is { IsAuthenticated: true } || MayPost(peer))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    private bool MayPost(IPAddress peer) =>
        IPAddress.IsLoopback(peer) || options.V1Anonymous.Any(network => network.Contains(peer));
}
