using System.Globalization;
using System.Xml;
using Torch.Cli.Settings;

namespace Torch.Cli.Client;

/// <summary>Durations as people write them: <c>30s</c>, <c>500ms</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>, <c>PT30S</c>, or seconds alone.</summary>
internal static class Durations
{
    private static readonly (string Unit, double Seconds)[] Units =
    [
        ("ms", 0.001),
        ("s", 1),
        ("m", 60),
        ("h", 3_600),
        ("d", 86_400),
        ("", 1),
    ];

    /// <exception cref="SettingException">It is none.</exception>
    public static TimeSpan Parse(string text) =>
        TryParse(text) ?? throw new SettingException($"\"{text}\" is no duration such as 30s, 5m or PT30S");

    /// <summary>As the API writes it.</summary>
    public static string Iso(string text) => XmlConvert.ToString(Parse(text));

    /// <summary>The API's duration in few letters: <c>1m</c>, <c>90s</c>.</summary>
    public static string Short(string? iso)
    {
        if (iso is null)
            return "";
        var seconds = XmlConvert.ToTimeSpan(iso).TotalSeconds;
        var (unit, per) = Units[..5]
            .Reverse()
            .FirstOrDefault(u => seconds >= u.Seconds && seconds % u.Seconds == 0, ("s", 1));
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / per:0.###}{unit}");
    }

    /// <summary>How long something lasts, roughly: <c>3 h</c>.</summary>
    public static string Rough(TimeSpan span) =>
        span switch
        {
            { TotalMinutes: < 1 } => string.Create(
                CultureInfo.InvariantCulture,
                $"{Math.Max(0, span.TotalSeconds):0} s"
            ),
            { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
            { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} days"),
        };

    private static TimeSpan? TryParse(string text)
    {
        if (text.StartsWith('P'))
            return Iso8601(text);
        foreach (var (unit, seconds) in Units)
            if (text.EndsWith(unit, StringComparison.Ordinal) && Number(text[..^unit.Length]) is { } number)
                return TimeSpan.FromSeconds(number * seconds);
        return null;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number < 1e9
            ? number
            : null;

    private static TimeSpan? Iso8601(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
