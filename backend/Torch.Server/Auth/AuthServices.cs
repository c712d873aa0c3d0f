using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Torch.Server.Auth;

internal static class AuthServices
{
    public static void AddTorchAuth(this IServiceCollection services, TorchOptions options)
    {
        services
            .AddSingleton<AdminKey>()
            .AddSingleton<KeyRing>()
            .AddSingleton<AgentKeys>()
            .AddSingleton<ApiKeys>()
            .AddSingleton<KeyUses>()
            .AddHostedService(s => s.GetRequiredService<KeyUses>())
            .AddSingleton<RateLimits>();
        services
            .AddSingleton<People>()
            .AddSingleton<Passwords>()
            .AddSingleton<LocalDoor>()
            .AddSingleton<Setup>()
            .AddSingleton<Sessions>()
            .AddSingleton<Identification>()
            .AddSingleton<Doorkeeper>()
            .AddSingleton<SignInThrottle>()
            .AddSingleton<SignInJournal>()
            .AddSingleton<Door>()
            .AddSingleton<PeopleCommands>()
            .AddSingleton<Identities>()
            .AddSingleton<ProviderAccounts>()
            .AddSingleton<Boundaries>();
        services
            .AddAuthentication(TorchAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TorchAuthentication>(TorchAuthentication.SchemeName, null)
            .AddProvider(options.Provider);
        services.AddSingleton<IAuthorizationHandler, RightHandler>();
        // One policy for everything: each endpoint states its right, and what states none opens to nobody.
        var stated = new AuthorizationPolicyBuilder().AddRequirements(new StatedRight()).Build();
        services.AddAuthorizationBuilder().SetFallbackPolicy(stated).SetDefaultPolicy(stated);
    }
}
