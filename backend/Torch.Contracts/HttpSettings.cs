using System.Text.Json.Serialization;

namespace Torch.Contracts;

/// <summary>How an HTTP probe asks.</summary>
/// <param name="Url">http or https, at most 2,083 characters.</param>
/// <param name="Method">GET where absent.</param>
/// <param name="Body">Sent as it is, at most 64 KiB.</param>
/// <param name="FollowRedirects">How many redirects it follows, 0 to 20; 0, that is none, where absent.</param>
/// <param name="Version"><c>1.1</c> or <c>2</c>; 1.1 where absent. An http URL with 2 is asked by prior knowledge (h2c).</param>
/// <param name="Proxy">The URL of an HTTP proxy; the environment's is never used.</param>
/// <param name="IgnoreCertificate">True: whatever the certificate is, it is taken, and its facts are kept.</param>
/// <param name="ServerName">The name that the handshake asks for and the certificate must bear; the URL's host where absent.</param>
/// <param name="MaxBodyBytes">No more of the body is read, after decompression: 1 byte to 10 MiB, 64 KiB where absent.</param>
/// <param name="AddressFamily"><c>any</c>, <c>ipv4</c> or <c>ipv6</c>; any where absent.</param>
public sealed record HttpSettings(
    string Url,
    string? Method = null,
    IReadOnlyDictionary<string, string>? Headers = null,
    string? Body = null,
    HttpExpectation? Expect = null,
    HttpAuth? Auth = null,
    int? FollowRedirects = null,
    string? Version = null,
    string? Proxy = null,
    bool? IgnoreCertificate = null,
    string? ServerName = null,
    int? MaxBodyBytes = null,
    string? AddressFamily = null
);

/// <summary>Who asks: one of the two. Never sent to another origin that a redirect names.</summary>
/// <param name="Bearer">A token, at most 8 KiB.</param>
public sealed record HttpAuth(BasicAuth? Basic = null, string? Bearer = null);

/// <summary>A user and a password (RFC 7617).</summary>
public sealed record BasicAuth(string User, string Password);

/// <summary>What makes an HTTP answer good.</summary>
/// <param name="StatusCodes">Codes and ranges such as <c>200-299</c> and <c>304</c>; 200-299 where absent.</param>
/// <param name="BodyMatches">A regular expression (no backtracking constructs) that the body's first 64 KiB must contain.</param>
/// <param name="BodyDoesNotMatch">One that they must not contain.</param>
/// <param name="Headers">A regular expression for each header that must be there and match it.</param>
/// <param name="Json">What the body must say, as JSON.</param>
/// <param name="CertificateDaysLeft">The certificate must be valid for at least so many days more.</param>
/// <param name="MaxBodyBytes">The body must not be larger, after decompression: 0 bytes to 10 MiB.</param>
public sealed record HttpExpectation(
    IReadOnlyList<string>? StatusCodes = null,
    string? BodyMatches = null,
    string? BodyDoesNotMatch = null,
    IReadOnlyDictionary<string, string>? Headers = null,
    IReadOnlyList<JsonExpectation>? Json = null,
    double? CertificateDaysLeft = null,
    int? MaxBodyBytes = null
);

/// <summary>What one value of a JSON body must be: one of <paramref name="EqualTo"/> and <paramref name="Matches"/>.</summary>
/// <param name="Path">Such as <c>$.checks[0].status</c>: one value, no wildcards.</param>
/// <param name="EqualTo">The value as a text: a string's own, a number or true, false and null as they are written.</param>
/// <param name="Matches">A regular expression that it must contain.</param>
public sealed record JsonExpectation(
    string Path,
    [property: JsonPropertyName("equals")] string? EqualTo = null,
    string? Matches = null
);
