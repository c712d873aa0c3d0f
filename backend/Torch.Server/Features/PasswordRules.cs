using FluentValidation;
using Torch.Server.Auth;

namespace Torch.Server.Features;

internal static class PasswordRules
{
    private static readonly string Wanted =
        $"must have {Passwords.LeastCharacters} to {Passwords.MostCharacters} characters";

    /// <summary>Long enough; of what kinds its characters are is nobody's business (NIST SP 800-63B, 5.1.1.2).</summary>
    public static IRuleBuilderOptions<T, string?> NewPassword<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(p => p is { Length: >= Passwords.LeastCharacters and <= Passwords.MostCharacters })
            .WithMessage(Wanted);
}
