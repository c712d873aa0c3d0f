namespace Torch.Server.Auth;

/// <summary>An OAuth 2 or OpenID provider that people can sign in through: code flow with PKCE, and its userinfo endpoint.</summary>
/// <param name="Name">As the sign-in page calls it.</param>
/// <param name="NameMember">The member of the userinfo that is the person's name here, such as <c>preferred_username</c> or <c>email</c>.</param>
/// <param name="NewcomersRole">What who comes for the first time may do; null lets in only those who have an account.</param>
public sealed record SignInProvider(
    string Name,
    string AuthorizeUrl,
    string TokenUrl,
    string UserInfoUrl,
    string ClientId,
    string ClientSecret,
    IReadOnlyList<string> Scopes,
    string NameMember,
    string? NewcomersRole
)
{
    /// <param name="setting">Looks up <c>CLIENT_ID</c>, <c>AUTHORIZE_URL</c> and so on.</param>
    /// <returns>Null where no provider is named.</returns>
    /// <exception cref="StartRefusedException">It is named in part, or makes no sense.</exception>
    public static SignInProvider? From(Func<string, string?> setting)
    {
        string? Given(string name) => string.IsNullOrWhiteSpace(setting(name)) ? null : setting(name);
        if (Given("CLIENT_ID") is not { } client)
            return
                new[] { "CLIENT_SECRET", "AUTHORIZE_URL", "TOKEN_URL", "USERINFO_URL" }.FirstOrDefault(n =>
                    Given(n) is not null
                )
                    is { } orphan
                ? throw new StartRefusedException($"TORCH_OAUTH_CLIENT_ID is missing, as TORCH_OAUTH_{orphan} is set")
                : null;
        return new(
            Given("NAME") ?? "single sign-on",
            Url(Given, "AUTHORIZE_URL"),
            Url(Given, "TOKEN_URL"),
            Url(Given, "USERINFO_URL"),
            client,
            Given("CLIENT_SECRET") ?? throw new StartRefusedException("TORCH_OAUTH_CLIENT_SECRET is missing"),
            (Given("SCOPES") ?? "openid profile email").Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Given("NAME_MEMBER") ?? "preferred_username",
            Role(Given("NEWCOMERS"))
        );
    }

    // Over plain http whoever sits between reads the code and the token; on this machine nobody does.
    private static string Url(Func<string, string?> given, string name) =>
        Uri.TryCreate(given(name), UriKind.Absolute, out var url)
        && (url.Scheme == "https" || (url.Scheme == "http" && BindGuard.IsLoopback(url.Host)))
            ? url.ToString()
            : throw new StartRefusedException(
                $"TORCH_OAUTH_{name} must be an https URL, as TORCH_OAUTH_CLIENT_ID is set"
            );

    private static string? Role(string? role) =>
        role is null or "viewer" or "editor"
            ? role
            : throw new StartRefusedException("TORCH_OAUTH_NEWCOMERS is viewer or editor, or not set");
}
