using System.Globalization;

namespace Torch.Server.Http;

/// <summary>The ETag of a node or check is its stream's version.</summary>
internal static class ETags
{
    public static void SetETag(this HttpResponse response, long version) => response.Headers.ETag = $"\"{version}\"";

    /// <summary>The version that If-Match names; null where it is absent or <c>*</c>.</summary>
    public static long? IfMatch(this HttpRequest request)
    {
        var text = request.Headers.IfMatch.ToString().Trim();
        if (text is "" or "*")
            return null;
        if (
            text.Length > 2
            && text[0] == '"'
            && text[^1] == '"'
            && long.TryParse(text.AsSpan(1, text.Length - 2), CultureInfo.InvariantCulture, out var version)
        )
            return version;
        throw new FaultException(Fault.Invalid("If-Match", "must be one ETag as Torch gave it, such as \"5\""));
    }

    /// <summary>Refuses a change that is based on another version.</summary>
    public static void RequireMatch(this HttpRequest request, long version)
    {
        if (request.IfMatch() is { } wanted && wanted != version)
            throw new FaultException(Fault.Stale(wanted, version));
    }
}
