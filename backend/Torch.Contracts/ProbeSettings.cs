namespace Torch.Contracts;

/// <summary>What a probe of one kind needs; the member of its kind is there, the others are not.</summary>
public sealed record ProbeSettings(
    HttpSettings? Http = null,
    TcpSettings? Tcp = null,
    TlsSettings? Tls = null,
    DnsSettings? Dns = null,
    IcmpSettings? Icmp = null,
    PostgresSettings? Postgres = null,
    FeedSettings? Feed = null
);

/// <summary>A TCP connection, and what is said over it.</summary>
/// <param name="Host">A name or an address.</param>
/// <param name="Steps">In their order, at most 20; without any, a connection is enough.</param>
/// <param name="Tls">True: encrypted from the first byte.</param>
/// <param name="AddressFamily"><c>any</c>, <c>ipv4</c> or <c>ipv6</c>; any where absent.</param>
public sealed record TcpSettings(
    string Host,
    int Port,
    IReadOnlyList<TcpStep>? Steps = null,
    bool? Tls = null,
    bool? IgnoreCertificate = null,
    string? ServerName = null,
    string? AddressFamily = null
);

/// <summary>One step: it sends, then it expects, then it encrypts; each where it is given.</summary>
/// <param name="Send">As UTF-8, byte by byte: a line ends where it is written (<c>\r\n</c>).</param>
/// <param name="Expect">A regular expression that one of the lines to come must contain, within the first 64 KiB.</param>
/// <param name="StartTls">True: the TLS handshake follows here.</param>
public sealed record TcpStep(string? Send = null, string? Expect = null, bool? StartTls = null);

/// <summary>A TLS handshake: chain, names, days left.</summary>
/// <param name="Port">443 where absent.</param>
/// <param name="ServerName">The name that the handshake asks for and the certificate must bear; the host where absent.</param>
/// <param name="StartTls">The protocol that goes before: <c>smtp</c>, <c>imap</c>, <c>pop3</c>, <c>ftp</c>, <c>ldap</c> or <c>postgres</c>; none where absent.</param>
/// <param name="DaysLeft">The certificate must be valid for at least so many days more.</param>
/// <param name="AddressFamily"><c>any</c>, <c>ipv4</c> or <c>ipv6</c>; any where absent.</param>
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
/// <param name="Name">What is asked for; an address where the type is PTR.</param>
/// <param name="Type"><c>A</c>, <c>AAAA</c>, <c>CNAME</c>, <c>MX</c>, <c>NS</c>, <c>TXT</c>, <c>SOA</c>, <c>SRV</c>, <c>CAA</c> or <c>PTR</c>; A where absent.</param>
/// <param name="Server">A name or an address; the agent's own resolver where absent.</param>
/// <param name="Port">53 where absent.</param>
/// <param name="Transport"><c>udp</c>, with TCP where the answer is too long for it, or <c>tcp</c>; udp where absent.</param>
public sealed record DnsSettings(
    string Name,
    string? Type = null,
    string? Server = null,
    int? Port = null,
    string? Transport = null,
    DnsExpectation? Expect = null
);

/// <summary>What makes a name server's answer good; without any of it, NOERROR with at least one answer of the type.</summary>
/// <param name="Rcode">Such as <c>NOERROR</c> or <c>NXDOMAIN</c>.</param>
/// <param name="Answers">All of them, in any order.</param>
/// <param name="Matches">A regular expression that at least one answer must contain.</param>
public sealed record DnsExpectation(
    string? Rcode = null,
    IReadOnlyList<string>? Answers = null,
    string? Matches = null
);

/// <summary>Echo requests (ping).</summary>
/// <param name="Count">1 to 20; 3 where absent.</param>
/// <param name="PacketBytes">Of the payload, 0 to 1,400; 56 where absent.</param>
/// <param name="AddressFamily"><c>any</c>, <c>ipv4</c> or <c>ipv6</c>; any where absent.</param>
public sealed record IcmpSettings(
    string Host,
    int? Count = null,
    int? PacketBytes = null,
    string? AddressFamily = null,
    IcmpExpectation? Expect = null
);

/// <summary>What makes the echoes good.</summary>
/// <param name="MaxLoss">Percent of the requests that may go without an answer, 0 to 100; 99.9 where absent: one answer is enough.</param>
public sealed record IcmpExpectation(double? MaxLoss = null);

/// <summary>A session with PostgreSQL and one read-only query.</summary>
/// <param name="Port">5432 where absent.</param>
/// <param name="Database">The user's name where absent.</param>
/// <param name="Tls"><c>disable</c>, <c>prefer</c>, <c>require</c> (encrypted, whoever answers) or <c>verify</c> (its certificate too); prefer where absent.</param>
/// <param name="Query">One that gives one value; <c>select 1</c> where absent. A number is measured as <c>value</c>.</param>
/// <param name="AddressFamily"><c>any</c>, <c>ipv4</c> or <c>ipv6</c>; any where absent.</param>
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

/// <summary>A JSON list of devices, each of which becomes a report's source of its own.</summary>
/// <param name="Items">The path of the list; <c>$</c> where absent.</param>
/// <param name="IdField"><c>id</c> where absent.</param>
/// <param name="NameField"><c>name</c> where absent.</param>
/// <param name="StatusField"><c>status</c> where absent.</param>
/// <param name="AddressField"><c>ip_address</c> where absent.</param>
/// <param name="Statuses">From the list's words to Torch's statuses; a word that is not there is taken as it is.</param>
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
