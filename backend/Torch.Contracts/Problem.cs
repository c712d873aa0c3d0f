namespace Torch.Contracts;

/// <summary>An error as RFC 9457 has it (<c>application/problem+json</c>).</summary>
/// <param name="Type">Stable: <c>urn:torch:problem:</c> and a code such as <c>validation</c>, <c>not_found</c>, <c>stale</c>.</param>
/// <param name="Title">The code in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong this time, for people.</param>
/// <param name="Errors">What is wrong with each part of the request, by JSON pointer (<c>/http/url</c>) or query parameter.</param>
/// <param name="TraceId">Names this request in the server's logs.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string? Detail,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors,
    string TraceId
);
