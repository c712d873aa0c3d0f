using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Torch.Server.Configuring;
using static Torch.Server.Importing.Loose;

namespace Torch.Server.Importing;

/// <summary>Conditions such as <c>[STATUS] == 200</c>: what a probe can expect it expects, the rest becomes rules of the leaf.</summary>
internal sealed partial class GatusConditions
{
    private readonly JsonArray _codes = [];
    private readonly JsonArray _json = [];
    private string? _body;
    private string? _rcode;

    public GatusConditions(IEnumerable<string> conditions, Action<string> say)
    {
        foreach (var condition in conditions)
            if (!Take(condition))
                say($"its condition \"{condition}\"");
    }

    public JsonArray Rules { get; } = [];

    /// <summary>How long a certificate must be valid.</summary>
    public double? DaysLeft { get; private set; }

    // Without a condition on the status, Gatus takes any.
    public JsonObject OfHttp() =>
        Whole(
            ("statusCodes", _codes.Count > 0 ? _codes : Texts(["100-599"])),
            ("bodyMatches", _body),
            ("json", _json.Count > 0 ? _json : null),
            ("certificateDaysLeft", DaysLeft)
        );

    public JsonObject OfDns() => Whole(("rcode", _rcode), ("matches", _body));

    private bool Take(string condition)
    {
        if (Form().Match(condition) is not { Success: true } parts)
            return false;
        var (what, op, value) = (
            parts.Groups["what"].Value,
            parts.Groups["op"].Value,
            parts.Groups["value"].Value.Trim()
        );
        return what switch
        {
            "[CONNECTED]" => op == "==" && value == "true",
            "[STATUS]" => Status(op, value),
            "[RESPONSE_TIME]" => ResponseTime(op, value),
            "[CERTIFICATE_EXPIRATION]" => Certificate(op, value),
            "[DNS_RCODE]" when op == "==" && _rcode is null => (_rcode = value) is not null,
            "[BODY]" when op == "==" && _body is null => Body(value),
            _ when op == "==" && what.StartsWith("[BODY].", StringComparison.Ordinal) => Json(
                what["[BODY].".Length..],
                value
            ),
            _ => false,
        };
    }

    private bool Status(string op, string value)
    {
        if (op == "==" && Any(value) is { } several)
            return several.TrueForAll(v => Status("==", v));
        if (!int.TryParse(value, CultureInfo.InvariantCulture, out var code))
            return false;
        var range = op switch
        {
            "==" => (code, code),
            "<" => (100, code - 1),
            "<=" => (100, code),
            ">" => (code + 1, 599),
            ">=" => (code, 599),
            _ => (0, 0),
        };
        if (range.Item1 < 100 || range.Item2 < range.Item1)
            return false;
        // Two bounds are one range.
        if (_codes.Count == 1 && op != "==" && Bounds(_codes[0]!.GetValue<string>()) is var (from, to))
        {
            _codes.Clear();
            range = (Math.Max(from, range.Item1), Math.Min(to, range.Item2));
        }
        _codes.Add(
            range.Item1 == range.Item2
                ? range.Item1.ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{range.Item1}-{range.Item2}")
        );
        return true;
    }

    private static (int From, int To) Bounds(string range)
    {
        var ends = range.Split('-');
        return (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[^1], CultureInfo.InvariantCulture));
    }

    // What must be becomes what must not: a rule says when it is down.
    private bool ResponseTime(string op, string value)
    {
        var opposite = op switch
        {
            "<" => ">=",
            "<=" => ">",
            ">" => "<=",
            ">=" => "<",
            _ => null,
        };
        var milliseconds = value.EndsWith("ms", StringComparison.Ordinal) ? value : value + "ms";
        if (opposite is null || !FriendlyDurationConverter.TryParse(milliseconds, out _))
            return false;
        Rules.Add(Whole(("when", $"latency.total {opposite} {milliseconds}"), ("then", "down")));
        return true;
    }

    private bool Certificate(string op, string value)
    {
        if (op is not (">" or ">=") || !FriendlyDurationConverter.TryParse(value, out var left))
            return false;
        DaysLeft = Math.Round(left.TotalDays, 3);
        return true;
    }

    private bool Body(string value)
    {
        _body = Any(value) is { } several ? $"({string.Join('|', several.Select(Pattern))})" : Pattern(value);
        return true;
    }

    private bool Json(string path, string value)
    {
        if (path.Contains('(', StringComparison.Ordinal))
            return false;
        var whole = "$." + path;
        _json.Add(
            value.StartsWith("pat(", StringComparison.Ordinal) ? Whole(("path", whole), ("matches", Pattern(value)))
            : Any(value) is { } several
                ? Whole(("path", whole), ("matches", $"({string.Join('|', several.Select(Pattern))})"))
            : Whole(("path", whole), ("equals", value))
        );
        return true;
    }

    // pat(*up*): a star is anything, over several lines, too.
    private static string Pattern(string value)
    {
        if (!value.StartsWith("pat(", StringComparison.Ordinal) || !value.EndsWith(')'))
            return $"^{Regex.Escape(value)}$";
        var text = value[4..^1];
        var inner = string.Join(@"[\s\S]*", text.Trim('*').Split('*').Select(Regex.Escape));
        return (text.StartsWith('*') ? "" : "^") + inner + (text.EndsWith('*') ? "" : "$");
    }

    private static List<string>? Any(string value) =>
        value.StartsWith("any(", StringComparison.Ordinal) && value.EndsWith(')')
            ? [.. value[4..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]
            : null;

    [GeneratedRegex(
        @"^(?<what>\S+) (?<op>==|!=|<=|>=|<|>) (?<value>.+)$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Form();
}
