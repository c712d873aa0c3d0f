using System.Globalization;
using System.Text;

namespace Torch.Server.Features.Health;

/// <summary>Prometheus' text format, and OpenMetrics', which differs in how it ends.</summary>
internal sealed class MetricText
{
    public const string Prometheus = "text/plain; version=0.0.4; charset=utf-8";
    public const string OpenMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Begins a family; its lines follow.</summary>
    public MetricText Family(string name, string type, string help)
    {
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
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

    public string Ended(bool openMetrics) => openMetrics ? _text + "# EOF\n" : _text.ToString();

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
}
