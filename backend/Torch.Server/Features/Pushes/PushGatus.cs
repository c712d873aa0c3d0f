using Torch.Contracts;
using Torch.Domain.Pushes;

namespace Torch.Server.Features.Pushes;

/// <summary>Gatus' keys of external endpoints.</summary>
internal static class GatusKey
{
    private const string Replaced = "/_.,  #+&";

    /// <summary>The key of a source: of <c>group/name</c> as Gatus makes it; of one without a group, its name.</summary>
    public static string Of(string source)
    {
        var slash = source.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? source : Joined(source[..slash], source[(slash + 1)..]);
    }

    /// <summary>Whether a key means a source: by its name, or as Gatus spells it, with any slash, or none, between group and name.</summary>
    public static bool Means(string key, string source) =>
        key == source
        || key == Joined("", source)
        || Enumerable
            .Range(0, source.Length)
            .Any(i => source[i] == '/' && key == Joined(source[..i], source[(i + 1)..]));

    /// <summary>The source that an endpoint's key means and a push key opens; null where it opens none such.</summary>
    public static string? SourceOf(string key, PushKey push)
    {
        var source = push.Source is { } one && Means(key, one) ? one : key;
        return push.Opens(source) ? source : null;
    }

    /// <summary>The key of an endpoint of a group, which may be empty, as Gatus spells it.</summary>
    public static string Joined(string group, string name) => $"{Sanitized(group)}_{Sanitized(name)}";

    private static string Sanitized(string text) =>
        string.Concat(
            text.Trim().ToLowerInvariant().Select(c => Replaced.Contains(c, StringComparison.Ordinal) ? '-' : c)
        );
}

/// <summary>Gatus' external endpoints: <c>POST /api/v1/endpoints/{key}/external?success=true&amp;error=&amp;duration=10s</c>.</summary>
internal static class PushGatus
{
    /// <summary>Push as to a Gatus external endpoint.</summary>
    /// <remarks>The bearer is a push key's token. The duration becomes the report's value in milliseconds.</remarks>
    /// <param name="key">The endpoint's: the source that the push key opens, or <c>group_name</c> where that is <c>group/name</c>, <c>_name</c> where it has no group.</param>
    /// <response code="200">Durable.</response>
    public static async Task<IResult> Handle(
        string key,
        string? success,
        string? error,
        string? duration,
        HttpContext http,
        PushKeys keys,
        Ingest ingest
    )
    {
        if (success is not ("true" or "false"))
            return Refused(400, "success must be true or false");
        var milliseconds = PushText.GoMilliseconds(duration);
        if (!string.IsNullOrEmpty(duration) && milliseconds is null)
            return Refused(400, "duration must be one such as 10s or 250ms");
        if (PushBearer.Of(http) is not { } token)
            return Refused(401, "a bearer token is needed");
        // The one character that the framework leaves as it was sent.
        key = key.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (await keys.FindAsync(token, http, key) is not { } found)
            return Refused(401, "this token opens nothing");
        if (GatusKey.SourceOf(key, found) is not { } source)
            return Refused(404, "this token opens no such endpoint");
        var verdict = success == "true" ? "up" : "down";
        await ingest.PushAsync(new ReportRequest(source, milliseconds, verdict, PushText.Clean(error)));
        return Results.Empty;
    }

    private static IResult Refused(int status, string why) => Results.Text(why, "text/plain", statusCode: status);
}

internal static class PushBearer
{
    private const string Scheme = "Bearer ";

    /// <summary>The token of an <c>Authorization</c> header; null where there is none.</summary>
    public static string? Of(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }
}
