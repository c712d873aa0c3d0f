using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Torch.Server.Auth;

internal static class AuthServices
{
    public static void AddTorchAuth(this IServiceCollection services)
    {
        services.AddSingleton<AdminKey>().AddSingleton<Sessions>().AddSingleton<SignInThrottle>();
        services
            .AddAuthentication(TorchAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TorchAuthentication>(TorchAuthentication.SchemeName, null);
        services.AddSingleton<IAuthorizationHandler, V1AccessHandler>();
        // Deny by default: an endpoint that says nothing needs a key.
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(V1Access.Policy, policy => policy.AddRequirements(new V1Access()));
    }
}
