using System.Collections.Frozen;

namespace Torch.Domain.Rules;

public enum FieldKind
{
    Number,
    Duration,
    Text,
}

/// <summary>Something that an observation carries.</summary>
/// <param name="Key">The metric's name for <c>metrics["..."]</c>; otherwise null.</param>
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
        ["httpVersion"] = FieldKind.Text,
        ["address"] = FieldKind.Text,
        ["agent"] = FieldKind.Text,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every field name, for people who mistyped one.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Kinds.Keys.Order(StringComparer.Ordinal)];

    public FieldKind Kind => Kinds.GetValueOrDefault(Name, FieldKind.Text);

    public static bool IsKnown(string name) => Kinds.ContainsKey(name);
}
