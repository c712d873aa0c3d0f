using System.Text;
using FluentValidation;

namespace Torch.Server.Http;

/// <summary>Rules that several requests share.</summary>
internal static class SharedRules
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>1 to 200 characters, none of them a control character, not only white space.</summary>
    public static IRuleBuilderOptions<T, string?> Name<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(name => !string.IsNullOrWhiteSpace(name))
            .WithMessage("must not be empty")
            .Must(name => name is null || name.Length <= BodyLimits.NameCharacters)
            .WithMessage($"must have at most {BodyLimits.NameCharacters} characters")
            .Must(name => name is null || !name.Any(char.IsControl))
            .WithMessage("must not contain control characters");

    /// <summary>Clocks of others may go fast, by 5 minutes at most.</summary>
    public static IRuleBuilderOptions<T, DateTimeOffset?> NotAhead<T>(
        this IRuleBuilder<T, DateTimeOffset?> rule,
        TimeProvider time
    ) =>
        rule.Must(at => at is null || at <= time.GetUtcNow() + Ahead)
            .WithMessage("must not be more than 5 minutes ahead");

    /// <summary>At most 8 KiB of UTF-8.</summary>
    public static IRuleBuilderOptions<T, string?> Text<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text =>
                text is null
                || text.Length * 3 <= BodyLimits.TextBytes
                || Encoding.UTF8.GetByteCount(text) <= BodyLimits.TextBytes
            )
            .WithMessage($"must have at most {BodyLimits.TextBytes} bytes");
}
