using System.Collections.Frozen;
using System.Globalization;

namespace Torch.Probes.Dns;

/// <summary>The names and numbers of RFC 1035 and its successors (IANA, "Domain Name System Parameters").</summary>
internal static class DnsTypes
{
    public const int A = 1;
    public const int Ns = 2;
    public const int Cname = 5;
    public const int Soa = 6;
    public const int Ptr = 12;
    public const int Mx = 15;
    public const int Txt = 16;
    public const int Aaaa = 28;
    public const int Srv = 33;
    public const int Caa = 257;

    private static readonly FrozenDictionary<string, int> Types = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["A"] = A,
        ["AAAA"] = Aaaa,
        ["CNAME"] = Cname,
        ["MX"] = Mx,
        ["NS"] = Ns,
        ["TXT"] = Txt,
        ["SOA"] = Soa,
        ["SRV"] = Srv,
        ["CAA"] = Caa,
        ["PTR"] = Ptr,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Rcodes =
    [
        "NOERROR",
        "FORMERR",
        "SERVFAIL",
        "NXDOMAIN",
        "NOTIMP",
        "REFUSED",
        "YXDOMAIN",
        "YXRRSET",
        "NXRRSET",
        "NOTAUTH",
        "NOTZONE",
    ];

    /// <exception cref="ProbeFault">There is no such type.</exception>
    public static int Number(string type) =>
        Types.TryGetValue(type, out var number) ? number : throw ProbeFault.Local($"{type} is no type of DNS record.");

    public static string Rcode(int code) =>
        code < Rcodes.Length ? Rcodes[code] : string.Create(CultureInfo.InvariantCulture, $"RCODE{code}");
}
