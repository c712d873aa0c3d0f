using Microsoft.AspNetCore.Authorization;

namespace Torch.Server.Auth;

/// <summary>What endpoints ask of a caller.</summary>
internal static class Access
{
    /// <summary>The claim that carries what a caller may do; one for each scope.</summary>
    public const string Scope = "torch:scope";

    /// <summary>The policy of an agent's own paths.</summary>
    public const string Agent = "agent";

    public static AuthorizationPolicy Needs(string scope) =>
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim(Scope, scope).Build();
}
