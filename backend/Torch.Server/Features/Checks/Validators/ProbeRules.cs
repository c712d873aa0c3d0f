using System.Text.RegularExpressions;
using FluentValidation;

namespace Torch.Server.Features.Checks;

/// <summary>Rules that the settings of several protocols share.</summary>
internal static class ProbeRules
{
    private const int PatternCharacters = 512;

    private static readonly string[] Families = ["any", "ipv4", "ipv6"];

    /// <summary>A host's name or an address, as it stands in a URL; an IPv6 address with or without brackets.</summary>
    public static IRuleBuilderOptions<T, string?> Host<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(IsHost).WithMessage("must be a host's name or an address, without a port");

    /// <summary>As <see cref="Host{T}"/>, or absent.</summary>
    public static IRuleBuilderOptions<T, string?> HostOrNull<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(host => host is null || IsHost(host))
            .WithMessage("must be a host's name or an address, without a port");

    public static IRuleBuilderOptions<T, int?> Port<T>(this IRuleBuilder<T, int?> rule) =>
        rule.Must(port => port is null or (>= 1 and <= 65_535)).WithMessage("must be from 1 to 65535");

    public static IRuleBuilderOptions<T, string?> Family<T>(this IRuleBuilder<T, string?> rule) => rule.OneOf(Families);

    /// <summary>One of these words, or absent.</summary>
    public static IRuleBuilderOptions<T, string?> OneOf<T>(this IRuleBuilder<T, string?> rule, string[] words) =>
        rule.Must(word => word is null || words.Contains(word))
            .WithMessage($"must be one of {string.Join(", ", words)}");

    public static IRuleBuilderOptions<T, int?> Within<T>(this IRuleBuilder<T, int?> rule, int least, int most) =>
        rule.Must(n => n is null || (n >= least && n <= most)).WithMessage($"must be from {least} to {most}");

    public static IRuleBuilderOptions<T, double?> Within<T>(
        this IRuleBuilder<T, double?> rule,
        double least,
        double most
    ) => rule.Must(n => n is null || (n >= least && n <= most)).WithMessage($"must be from {least} to {most}");

    /// <summary>A regular expression that runs in linear time, or absent.</summary>
    public static IRuleBuilderOptions<T, string?> Pattern<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(IsPattern).WithMessage(PatternWanted);

    public static readonly string PatternWanted =
        $"must be a regular expression of 1 to {PatternCharacters} characters without look-around and back-references";

    public static bool IsPattern(string? pattern)
    {
        if (pattern is null)
            return true;
        if (pattern.Length is 0 or > PatternCharacters)
            return false;
        try
        {
            // The options that the probe compiles it with: what passes here runs in linear time there.
            _ = new Regex(
                pattern,
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant,
                TimeSpan.FromSeconds(1)
            );
            return true;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static bool IsHost(string? host) =>
        host is { Length: > 0 and <= 255 }
        && !host.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
        && Uri.CheckHostName(host.Trim('[', ']')) is not UriHostNameType.Unknown;
}
