namespace Torch.Server.Auth;

/// <summary>The cookie of a browser's session: its name binds it to this host and to https; browsers count loopback as such.</summary>
internal static class SessionCookie
{
    public static CookieOptions Options =>
        new()
        {
            HttpOnly = true,
            Secure = true,
            SameSite = SameSiteMode.Lax,
            Path = "/",
        };
}
