using System.Globalization;
using Torch.Contracts.Json;

namespace Torch.Server.Retaining;

/// <summary>How long observations are kept.</summary>
/// <param name="Age">Null for ever.</param>
/// <param name="Bytes">The most that the telemetry may take on disk; null for any amount.</param>
/// <param name="Archive">The folder that takes what goes; null for none.</param>
public sealed record RetentionPolicy(TimeSpan? Age, long? Bytes = null, string? Archive = null)
{
    /// <summary>Thirty days.</summary>
    public static RetentionPolicy Default { get; } = new(TimeSpan.FromDays(30));

    /// <summary>Observations may come so late and still change the past: nothing younger goes. 1 minute to 30 days, 24 hours by default.</summary>
    public TimeSpan LateWindow { get; init; } = TimeSpan.FromHours(24);

    /// <summary>A partition in use is closed when its oldest event is so old.</summary>
    public static TimeSpan PartitionAge { get; } = TimeSpan.FromDays(1);

    /// <summary>Reads the settings; an empty one is the default.</summary>
    /// <exception cref="StartRefusedException">One makes no sense.</exception>
    public static RetentionPolicy Parse(string? age, string? bytes, string? archive, string? lateWindow)
    {
        var policy = Default with { Archive = string.IsNullOrWhiteSpace(archive) ? null : Path.GetFullPath(archive) };
        if (!string.IsNullOrWhiteSpace(age))
            policy = TryParseAge(age, out var span)
                ? policy with
                {
                    Age = span,
                }
                : throw new StartRefusedException($"--retention: \"{age}\" is no time such as 30d or P30D, nor off");
        if (!string.IsNullOrWhiteSpace(bytes))
            policy = TryParseBytes(bytes, out var size)
                ? policy with
                {
                    Bytes = size,
                }
                : throw new StartRefusedException($"--retention-size: \"{bytes}\" is no size such as 20GB");
        if (!string.IsNullOrWhiteSpace(lateWindow))
            policy =
                TryParseAge(lateWindow, out var window) && window is { TotalMinutes: >= 1, TotalDays: <= 30 }
                    ? policy with
                    {
                        LateWindow = window.Value,
                    }
                    : throw new StartRefusedException(
                        $"--late-window: \"{lateWindow}\" is no time from 1 minute to 30 days, such as 24h or PT5M"
                    );
        return policy.Age < policy.LateWindow ? throw new StartRefusedException(TooShort(policy)) : policy;
    }

    // What comes late is judged together with the observations around it: objectives count what it has changed.
    private static string TooShort(RetentionPolicy policy) =>
        $"--retention: {Words(policy.Age!.Value)} is less than objectives need: what comes up to {Words(policy.LateWindow)} late "
        + "still changes them, and is judged with the observations of its time (--late-window says how late)";

    private static string Words(TimeSpan span) =>
        span.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.##} hours")
            : string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.##} minutes");

    /// <summary>Reads <c>P30D</c>, <c>30d</c>, <c>12h</c>; <c>0</c> and <c>off</c> mean for ever.</summary>
    public static bool TryParseAge(string text, out TimeSpan? age)
    {
        age = null;
        if (text is "0" or "off")
            return true;
        if (!Iso8601DurationConverter.TryParse(text.ToUpperInvariant(), out var span) && !TryParseShort(text, out span))
            return false;
        age = span;
        return span > TimeSpan.Zero;
    }

    /// <summary>Reads <c>500MB</c>, <c>20GB</c>, <c>1TB</c>, a plain number of bytes, and their binary kin (<c>20GiB</c>).</summary>
    public static bool TryParseBytes(string text, out long bytes)
    {
        var digits = text.TrimEnd("KMGTiB ".ToCharArray());
        var unit = text[digits.Length..].Trim();
        bytes = 0;
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;
        var power = unit is "" or "B" ? 0 : "KMGT".IndexOf(unit[0], StringComparison.Ordinal) + 1;
        var isKnown = unit is "" or "B" || (power > 0 && unit[1..] is "B" or "iB");
        var value = number * (decimal)Math.Pow(unit.EndsWith("iB", StringComparison.Ordinal) ? 1024 : 1000, power);
        if (!isKnown || value is < 1 or > long.MaxValue)
            return false;
        bytes = (long)value;
        return true;
    }

    private static bool TryParseShort(string text, out TimeSpan span)
    {
        span = TimeSpan.Zero;
        if (
            text.Length < 2
            || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > 36_500
        )
            return false;
        span = text[^1] switch
        {
            'd' => TimeSpan.FromDays(number),
            'h' => TimeSpan.FromHours(number),
            _ => TimeSpan.Zero,
        };
        return span > TimeSpan.Zero;
    }
}
