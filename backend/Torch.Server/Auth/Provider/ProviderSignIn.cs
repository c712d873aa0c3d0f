using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;

namespace Torch.Server.Auth;

/// <summary>Signing in through the provider: the framework's code flow with PKCE, then whose account it is.</summary>
internal static class ProviderSignIn
{
    public const string Scheme = "Provider";
    public const string Callback = "/api/v1/session/callback";
    public const string Name = "name";
    public const string Subject = "subject";

    /// <summary>Whose account it is to be bound to.</summary>
    public const string Link = "link";

    public static AuthenticationBuilder AddProvider(
        this AuthenticationBuilder authentication,
        SignInProvider? provider
    ) => provider is null ? authentication : authentication.AddOAuth(Scheme, options => Configure(options, provider));

    private static void Configure(OAuthOptions options, SignInProvider provider)
    {
        (options.AuthorizationEndpoint, options.TokenEndpoint) = (provider.AuthorizeUrl, provider.TokenUrl);
        options.UserInformationEndpoint = provider.UserInfoUrl;
        (options.ClientId, options.ClientSecret) = (provider.ClientId, provider.ClientSecret);
        options.CallbackPath = Callback;
        options.UsePkce = true;
        options.SaveTokens = false;
        // It signs nobody in by itself: see LetInAsync.
        options.SignInScheme = TorchAuthentication.SchemeName;
        // The way back is a navigation, which brings Lax cookies along; None would need https also on this machine.
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.Always;
        options.BackchannelTimeout = TimeSpan.FromSeconds(15);
        foreach (var scope in provider.Scopes)
            options.Scope.Add(scope);
        options.Events.OnCreatingTicket = context => AskAsync(context, provider);
        options.Events.OnTicketReceived = context =>
            context.HttpContext.RequestServices.GetRequiredService<ProviderAccounts>().LetInAsync(context);
        options.Events.OnRemoteFailure = context =>
            context.HttpContext.RequestServices.GetRequiredService<ProviderAccounts>().TurnAwayAsync(context);
    }

    private static async Task AskAsync(OAuthCreatingTicketContext context, SignInProvider provider)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await context.Backchannel.SendAsync(request, context.HttpContext.RequestAborted);
        answer.EnsureSuccessStatusCode();
        using var info = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(context.HttpContext.RequestAborted));
        context.Properties.Items[Name] = IsProven(info.RootElement, provider.NameMember)
            ? Text(info.RootElement, provider.NameMember)
            : null;
        context.Properties.Items[Subject] = Text(info.RootElement, "sub") ?? Text(info.RootElement, "id");
    }

    // An address that the provider has not verified is only what somebody typed.
    private static bool IsProven(JsonElement info, string member) =>
        member != "email"
        || !info.TryGetProperty("email_verified", out var verified)
        || verified.ToString() is not ("False" or "false");

    // A number is an id too, as some providers have it. OpenID Connect allows 255 characters, and the database no control characters.
    private static string? Text(JsonElement info, string member) =>
        info.TryGetProperty(member, out var value)
        && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
        && value.ToString() is { Length: > 0 and <= 255 } text
        && !text.Any(char.IsControl)
            ? text
            : null;
}
