using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Torch.Server.Tests.Features;

/// <summary>One line of figures.</summary>
internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>Prometheus' text format (0.0.4), read as strictly as its own parser does: what that would refuse fails the test.</summary>
internal sealed partial class Exposition
{
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _helps = new(StringComparer.Ordinal);
    private readonly List<Sample> _samples = [];
    private readonly HashSet<string> _series = new(StringComparer.Ordinal);
    private string _family = "";

    /// <summary>By the family's name, as it is announced.</summary>
    public IReadOnlyDictionary<string, string> Types => _types;

    public IReadOnlyDictionary<string, string> Helps => _helps;

    public IReadOnlyList<Sample> Samples => _samples;

    public IReadOnlyList<Sample> Of(string name, string? id = null) =>
        [.. _samples.Where(s => s.Name == name && (id is null || s.Labels.GetValueOrDefault("id") == id))];

    /// <param name="text">Of OpenMetrics without its last line.</param>
    public static Exposition Parse(string text)
    {
        text.ShouldEndWith("\n");
        var read = new Exposition();
        foreach (var line in text[..^1].Split('\n'))
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
                read.Help(line["# HELP ".Length..]);
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
                read.Type(line["# TYPE ".Length..]);
            else
                read.Add(SampleOf(line));
        return read;
    }

    // A family is announced once, by its help and its type, before its lines, which stand together.
    private void Help(string announced)
    {
        var (name, help) = Halves(announced, ' ');
        _helps.TryAdd(name, help).ShouldBeTrue($"{name} is explained twice");
        help.ShouldNotBeNullOrWhiteSpace();
        _family = name;
    }

    private void Type(string announced)
    {
        var (name, type) = Halves(announced, ' ');
        name.ShouldBe(_family);
        _types.TryAdd(name, type).ShouldBeTrue($"{name} has two types");
        type.ShouldBeOneOf("counter", "gauge", "histogram", "summary", "untyped");
    }

    private void Add(Sample sample)
    {
        _types.ShouldContainKey(_family);
        sample.Name.ShouldBeOneOf(_family, _family + "_total");
        var labels = sample.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}\u0001{l.Value}");
        _series.Add($"{sample.Name}\u0002{string.Join('\u0002', labels)}").ShouldBeTrue($"{sample} stands there twice");
        _samples.Add(sample);
    }

    private static Sample SampleOf(string line)
    {
        var name = MetricName().Match(line).Value;
        name.ShouldNotBeEmpty(line);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var at = name.Length;
        if (line[at] == '{')
            at = ReadLabels(line, at + 1, labels);
        line[at].ShouldBe(' ', line);
        return new(name, labels, double.Parse(line[(at + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    // Answers the place behind the closing brace.
    private static int ReadLabels(string line, int at, Dictionary<string, string> labels)
    {
        while (true)
        {
            var label = LabelName().Match(line[at..]).Groups["name"].Value;
            label.ShouldNotBeEmpty(line);
            (at, var value) = ReadText(line, at + label.Length + 2);
            labels.TryAdd(label, value).ShouldBeTrue($"{label} twice: {line}");
            if (line[at++] == '}')
                return at;
            line[at - 1].ShouldBe(',', line);
        }
    }

    // Answers the place behind the closing quote. These three and no others may be escaped.
    private static (int At, string Text) ReadText(string line, int at)
    {
        var text = new StringBuilder();
        for (; line[at] != '"'; at++)
            text.Append(
                line[at] != '\\'
                    ? line[at]
                    : line[++at] switch
                    {
                        '\\' => '\\',
                        '"' => '"',
                        'n' => '\n',
                        var other => throw new FormatException($"\\{other} escapes nothing: {line}"),
                    }
            );
        return (at + 1, text.ToString());
    }

    private static (string, string) Halves(string text, char at)
    {
        var place = text.IndexOf(at, StringComparison.Ordinal);
        return (text[..place], text[(place + 1)..]);
    }

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]*(?=[{ ])", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex MetricName();

    [GeneratedRegex("^(?<name>[a-zA-Z_][a-zA-Z0-9_]*)=\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex LabelName();
}
