using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Torch.Server.Auth;

internal static class AuthServices
{
    public static void AddTorchAuth(this IServiceCollection services)
    {
        services
            .AddSingleton<AdminKey>()
            .AddSingleton<ApiKeys>()
            .AddSingleton<Sessions>()
            .AddSingleton<SignInThrottle>();
        services
            .AddAuthentication(TorchAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TorchAuthentication>(TorchAuthentication.SchemeName, null);
        services.AddSingleton<IAuthorizationHandler, V1AccessHandler>();
        // Deny by default: an endpoint that says nothing needs an admin, and a key with other scopes opens it not.
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(Access.Needs(Scopes.Admin))
            .AddPolicy(Access.Agent, Access.Needs(Scopes.Agent))
            .AddPolicy(V1Access.Policy, policy => policy.AddRequirements(new V1Access()));
    }
}
