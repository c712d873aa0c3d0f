namespace Torch.Domain.Checks;

// What probes are told, as it stands in the log. Units and defaults are those of the API; absent is the default. What is secret stands
// apart (HttpAuth, Password), so that one place can take care of it.

/// <summary>How an HTTP check asks and what it expects.</summary>
/// <param name="StatusCodes">Codes and ranges (<c>200-299</c>); null for 200-299.</param>
/// <param name="ExpectHeaders">Header to regular expression.</param>
/// <param name="ExpectMaxBodyBytes">A larger body is a fault; <paramref name="MaxBodyBytes"/> only ends the reading.</param>
public sealed record HttpSettings(
    string Url,
    string Method = "GET",
    IReadOnlyDictionary<string, string>? Headers = null,
    string? Body = null,
    IReadOnlyList<string>? StatusCodes = null,
    string? BodyMatches = null,
    string? BodyDoesNotMatch = null,
    HttpAuth? Auth = null,
    int? FollowRedirects = null,
    string? Version = null,
    string? Proxy = null,
    bool? IgnoreCertificate = null,
    string? ServerName = null,
    int? MaxBodyBytes = null,
    string? AddressFamily = null,
    IReadOnlyDictionary<string, string>? ExpectHeaders = null,
    IReadOnlyList<JsonExpectation>? ExpectJson = null,
    double? CertificateDaysLeft = null,
    int? ExpectMaxBodyBytes = null
);

/// <summary>Credentials of an HTTP check: one of the two.</summary>
public sealed record HttpAuth(BasicAuth? Basic = null, string? Bearer = null);

public sealed record BasicAuth(string User, string Password);

/// <summary>What one value of a JSON body must be.</summary>
public sealed record JsonExpectation(string Path, string? EqualTo = null, string? Matches = null);

/// <summary>A TCP connection and what is said over it.</summary>
public sealed record TcpSettings(
    string Host,
    int Port,
    IReadOnlyList<TcpStep>? Steps = null,
    bool? Tls = null,
    bool? IgnoreCertificate = null,
    string? ServerName = null,
    string? AddressFamily = null
);

/// <summary>It sends, then it expects, then it encrypts; each where it is given.</summary>
public sealed record TcpStep(string? Send = null, string? Expect = null, bool? StartTls = null);

/// <summary>A TLS handshake.</summary>
public sealed record TlsSettings(
    string Host,
    int? Port = null,
    string? ServerName = null,
    string? StartTls = null,
    bool? IgnoreCertificate = null,
    double? DaysLeft = null,
    string? AddressFamily = null
);

/// <summary>A question to a name server.</summary>
public sealed record DnsSettings(
    string Name,
    string? Type = null,
    string? Server = null,
    int? Port = null,
    string? Transport = null,
    string? Rcode = null,
    IReadOnlyList<string>? Answers = null,
    string? Matches = null
);

/// <summary>Echo requests.</summary>
/// <param name="MaxLoss">Percent.</param>
public sealed record IcmpSettings(
    string Host,
    int? Count = null,
    int? PacketBytes = null,
    string? AddressFamily = null,
    double? MaxLoss = null
);

/// <summary>A session with PostgreSQL and one read-only query.</summary>
public sealed record PostgresSettings(
    string Host,
    string User,
    int? Port = null,
    string? Database = null,
    string? Password = null,
    string? Tls = null,
    string? Query = null,
    string? AddressFamily = null
);

/// <summary>A JSON list of devices.</summary>
public sealed record FeedSettings(
    string Url,
    IReadOnlyDictionary<string, string>? Headers = null,
    HttpAuth? Auth = null,
    string? Items = null,
    string? IdField = null,
    string? NameField = null,
    string? StatusField = null,
    string? AddressField = null,
    IReadOnlyDictionary<string, string>? Statuses = null
);
