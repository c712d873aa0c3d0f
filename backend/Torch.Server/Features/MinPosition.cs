using System.Globalization;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features;

/// <summary>
/// Reading one's own writes. With <c>minPosition</c> a read waits up to 5 s for the read tables, then answers 503. Without it, it
/// waits a moment for what this process has just appended, so that a reader need not know of positions. Commands wait that moment too,
/// for they look things up (the check just created is to be run), but reports do not: they look nothing up, and there are many.
/// </summary>
internal sealed class MinPosition(IReadPosition reads, Appended appended) : IEndpointFilter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(1);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        RefuseNul(http.Request);
        RefuseThePast(http);
        if (!IsIngest(http) && !await WaitAsync(http))
            return Behind.Answer();
        return await next(context);
    }

    private static bool IsIngest(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IngestMark>() is not null;

    // PostgreSQL's texts cannot hold it, so that nothing can be meant by it.
    private static void RefuseNul(HttpRequest request)
    {
        foreach (var (name, values) in request.Query)
            if (values.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true))
                throw new FaultException(Fault.Invalid(name, "must not hold the character U+0000"));
    }

    // An answer of now to a question about then would be a lie.
    private static void RefuseThePast(HttpContext http)
    {
        var marks = http.GetEndpoint()?.Metadata;
        string[] past = marks?.GetMetadata<PastMark>() is null ? ["asOf", "atPosition"] : [];
        string[] known = marks?.GetMetadata<KnownMark>() is null ? ["knownAt"] : [];
        foreach (var parameter in past.Concat(known))
            if (http.Request.Query.ContainsKey(parameter))
                throw new FaultException(Fault.Invalid(parameter, "only the present can be read in this version"));
    }

    private async Task<bool> WaitAsync(HttpContext http)
    {
        var text = http.Request.Query["minPosition"].ToString();
        if (text.Length == 0)
        {
            await ReachedAsync(appended.Position, Courtesy, http.RequestAborted);
            return true;
        }
        if (!long.TryParse(text, CultureInfo.InvariantCulture, out var position) || position < 0)
            throw new FaultException(Fault.Invalid("minPosition", "must be a position that Torch gave"));
        return await ReachedAsync(position, Patience, http.RequestAborted);
    }

    private async Task<bool> ReachedAsync(long position, TimeSpan patience, CancellationToken aborted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        limit.CancelAfter(patience);
        try
        {
            await reads.WaitForAsync(position, limit.Token);
            return true;
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Marks endpoints that only append.</summary>
    public static object Ingesting { get; } = new IngestMark();

    private sealed record IngestMark;

    private static readonly Fault Behind = new(
        503,
        "behind",
        "The read tables have not reached minPosition yet.",
        RetryAfterSeconds: 1
    );
}
