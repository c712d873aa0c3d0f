using FluentValidation;
using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes.Rules;

/// <summary>The frame of a rule set; what its conditions say is judged by the domain.</summary>
internal sealed class RulesValidator : AbstractValidator<PublishRules>
{
    private const int MostRules = 100;

    public RulesValidator()
    {
        RuleFor(r => r.Rules).Must(rules => rules.Count <= MostRules).WithMessage($"at most {MostRules} rules");
        RuleForEach(r => r.Rules)
            .Must(rule => rule is not null)
            .WithMessage("expected a rule, found null")
            .Must(rule => rule is null || rule.Then.Length <= BodyLimits.NameCharacters)
            .WithMessage("its status is too long");
        RuleFor(r => r.RollUp)
            .Must(r => r is null || r.Length <= BodyLimits.NameCharacters)
            .WithMessage($"must have at most {BodyLimits.NameCharacters} characters");
        RuleFor(r => r.Reason).Text();
    }
}
