using System.Collections.Frozen;

namespace Torch.Domain.Rules;

public enum FieldKind
{
    Number,
    Duration,
    Text,

    /// <summary>A text, or a number where it is compared with one.</summary>
    Either,
}

/// <summary>Something that an observation carries.</summary>
/// <param name="Key">For <c>metrics["..."]</c> the metric's name, for <c>header["..."]</c> the header's, for <c>json["..."]</c> the path; otherwise null.</param>
public sealed record Field(string Name, string? Key = null)
{
    private static readonly FrozenDictionary<string, FieldKind> Kinds = new Dictionary<string, FieldKind>(
        StringComparer.Ordinal
    )
    {
        ["value"] = FieldKind.Number,
        ["statusCode"] = FieldKind.Number,
        ["exitCode"] = FieldKind.Number,
        ["bodyBytes"] = FieldKind.Number,
        ["cert.daysLeft"] = FieldKind.Number,
        ["metrics"] = FieldKind.Number,
        ["redirects"] = FieldKind.Number,
        ["dns.answers"] = FieldKind.Number,
        ["dns.ttl"] = FieldKind.Duration,
        ["icmp.loss"] = FieldKind.Number,
        ["icmp.rtt"] = FieldKind.Duration,
        ["icmp.jitter"] = FieldKind.Duration,
        ["tcp.connect"] = FieldKind.Duration,
        ["age"] = FieldKind.Duration,
        ["latency.total"] = FieldKind.Duration,
        ["latency.resolve"] = FieldKind.Duration,
        ["latency.connect"] = FieldKind.Duration,
        ["latency.tls"] = FieldKind.Duration,
        ["latency.firstByte"] = FieldKind.Duration,
        ["latency.transfer"] = FieldKind.Duration,
        ["outcome"] = FieldKind.Text,
        ["cause"] = FieldKind.Text,
        ["message"] = FieldKind.Text,
        ["title"] = FieldKind.Text,
        ["body"] = FieldKind.Text,
        ["source"] = FieldKind.Text,
        ["httpVersion"] = FieldKind.Either,
        ["tlsVersion"] = FieldKind.Either,
        ["tlsCipher"] = FieldKind.Text,
        ["cert.subject"] = FieldKind.Text,
        ["cert.issuer"] = FieldKind.Text,
        ["cert.names"] = FieldKind.Text,
        ["cert.chain"] = FieldKind.Text,
        ["dns.rcode"] = FieldKind.Text,
        ["dns.answer"] = FieldKind.Text,
        ["tcp.banner"] = FieldKind.Text,
        ["header"] = FieldKind.Either,
        ["json"] = FieldKind.Either,
        ["address"] = FieldKind.Text,
        ["agent"] = FieldKind.Text,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every field name, for people who mistyped one.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Kinds.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether a name in brackets belongs to it.</summary>
    public static bool TakesKey(string name) => name is "metrics" or "header" or "json";

    /// <summary>Whether it can be compared with a number.</summary>
    public bool IsNumeric => Kind != FieldKind.Text;

    /// <summary>The numbers that it can take at all.</summary>
    public NumberRange Possible =>
        Name switch
        {
            "statusCode" => new(100, 999),
            "icmp.loss" => new(0, 100),
            "bodyBytes" or "redirects" or "dns.answers" => new(0, double.PositiveInfinity),
            _ when Kind == FieldKind.Duration => new(0, double.PositiveInfinity),
            _ => new(double.NegativeInfinity, double.PositiveInfinity),
        };

    public FieldKind Kind => Kinds.GetValueOrDefault(Name, FieldKind.Text);

    public static bool IsKnown(string name) => Kinds.ContainsKey(name);
}
