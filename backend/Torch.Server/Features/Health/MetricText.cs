using System.Globalization;
using System.Text;

namespace Torch.Server.Features.Health;

/// <summary>Prometheus' text format, and OpenMetrics', which differs in how counters are announced and in how it ends.</summary>
internal sealed class MetricText(bool isOpen)
{
    private const string Prometheus = "text/plain; version=0.0.4; charset=utf-8";
    private const string Counted = "_total";
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Begins a family; its lines follow.</summary>
    public MetricText Family(string name, string type, string help)
    {
        var family = isOpen && name.EndsWith(Counted, StringComparison.Ordinal) ? name[..^Counted.Length] : name;
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {family} {help}\n# TYPE {family} {type}\n");
        return this;
    }

    public MetricText Line(string name, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{');
            for (var i = 0; i < labels.Length; i++)
                _text
                    .Append(i > 0 ? "," : "")
                    .Append(labels[i].Name)
                    .Append("=\"")
                    .Append(Escaped(labels[i].Value))
                    .Append('"');
            _text.Append('}');
        }
        _text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        return this;
    }

    public string Ended() => isOpen ? _text + "# EOF\n" : _text.ToString();

    public string MediaType => isOpen ? OpenMetrics : Prometheus;

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
}
