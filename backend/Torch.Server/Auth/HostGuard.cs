using Torch.Server.Http;

namespace Torch.Server.Auth;

/// <summary>Without a key, who reaches loopback may do everything: a page elsewhere must not get there by pointing its own name at 127.0.0.1 (DNS rebinding).</summary>
internal sealed class HostGuard(RequestDelegate next, TorchOptions options)
{
    public Task InvokeAsync(HttpContext http) =>
        options.AdminKey is not null || BindGuard.IsLoopback(http.Request.Host.Host)
            ? next(http)
            : Problems.WriteAsync(http, Misdirected);

    private static readonly Fault Misdirected = new(
        421,
        "host_not_allowed",
        "Without an admin key Torch answers to localhost and 127.0.0.1 only."
    );
}
