using FluentValidation;
using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes;

internal sealed class AcknowledgeValidator : AbstractValidator<Acknowledge>
{
    public AcknowledgeValidator() => RuleFor(a => a.Reason).Reason();
}

internal sealed class ManualStatusValidator : AbstractValidator<SetManualStatus>
{
    public ManualStatusValidator()
    {
        RuleFor(m => m.Status).Name();
        RuleFor(m => m.Reason).Reason();
    }
}

internal static class MaskRules
{
    public static IRuleBuilderOptions<T, string?> Reason<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("say why").Text();
}
