using Torch.Server.Http;

namespace Torch.Server.Auth;

/// <summary>Without a key, who reaches loopback may do everything: a page elsewhere must not get there by pointing its own name at 127.0.0.1 (DNS rebinding).</summary>
internal sealed class HostGuard(RequestDelegate next, LocalDoor local)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (BindGuard.IsLoopback(http.Request.Host.Host) || !await local.IsOpenAsync(http.RequestAborted))
            await next(http);
        else
            await Problems.WriteAsync(http, Misdirected);
    }

    private static readonly Fault Misdirected = new(
        421,
        "host_not_allowed",
        "Without an admin key or an account Torch answers to localhost and 127.0.0.1 only."
    );
}
