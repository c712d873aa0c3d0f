using Torch.Server.Http;

namespace Torch.Server.Auth;

/// <summary>What a key with a source prefix may report on.</summary>
internal static class SourceRight
{
    /// <exception cref="FaultException">403: the key is for other sources.</exception>
    /// <param name="pointer">Where in the body the source is.</param>
    public static void RequireSource(this HttpContext http, string source, string pointer = "/source")
    {
        if (http.Caller()?.SourcePrefix is { } prefix && !source.StartsWith(prefix, StringComparison.Ordinal))
            throw new FaultException(Foreign(prefix, pointer));
    }

    /// <exception cref="FaultException">403: the key is for certain sources, and this is none.</exception>
    public static void RequireAnySource(this HttpContext http)
    {
        if (http.Caller()?.SourcePrefix is { } prefix)
            throw new FaultException(
                new(
                    403,
                    "foreign_source",
                    $"This key may do nothing but report on sources that begin with \"{prefix}\"."
                )
            );
    }

    private static Fault Foreign(string prefix, string pointer)
    {
        var detail = $"This key may report only on sources that begin with \"{prefix}\".";
        return new(
            403,
            "foreign_source",
            detail,
            new Dictionary<string, IReadOnlyList<string>> { [pointer] = [detail] }
        );
    }
}
