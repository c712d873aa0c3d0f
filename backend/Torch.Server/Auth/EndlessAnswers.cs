namespace Torch.Server.Auth;

/// <summary>Ends answers that would go on for ever when their caller may no longer hear them, as if the caller had gone.</summary>
internal sealed class EndlessAnswers(RequestDelegate next, Doorkeeper doorkeeper)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<EndlessMark>() is null)
        {
            await next(http);
            return;
        }
        var gone = http.RequestAborted;
        using var open = CancellationTokenSource.CreateLinkedTokenSource(gone);
        http.RequestAborted = open.Token;
        var watch = doorkeeper.WatchAsync(http, Rights.RightOf(endpoint) ?? Right.Read, open);
        try
        {
            await next(http);
        }
        finally
        {
            await open.CancelAsync();
            await watch;
            http.RequestAborted = gone;
        }
    }
}

/// <summary>Marks operations whose answer does not end.</summary>
internal sealed class EndlessMark
{
    public static EndlessMark Instance { get; } = new();
}

internal static class EndlessEndpoints
{
    /// <summary>Its answer does not end; it does with the session or key that asked for it.</summary>
    public static RouteHandlerBuilder EndsWithItsCaller(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(EndlessMark.Instance);
}
