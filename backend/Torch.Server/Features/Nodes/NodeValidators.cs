using FluentValidation;
using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes;

internal sealed class CreateNodeValidator : AbstractValidator<CreateNode>
{
    public CreateNodeValidator()
    {
        RuleFor(n => n.Name).Name();
        RuleFor(n => n.Weight).Weight();
        RuleFor(n => n.Weight)
            .Must((n, weight) => weight is null || n.ParentId is not null)
            .WithMessage("belongs to the edge to a parent, and there is none");
        RuleFor(n => n.Tags).Tags();
    }
}

internal sealed class ChangeNodeValidator : AbstractValidator<ChangeNode>
{
    public ChangeNodeValidator()
    {
        RuleFor(n => n.Name).Name().When(n => n.Name is not null);
        RuleFor(n => n.Tags).Tags();
        RuleFor(n => n.Staleness)
            .Must(s => s is null || (s >= TimeSpan.FromSeconds(1) && s <= TimeSpan.FromDays(365)))
            .WithMessage("must be from PT1S to P365D");
        RuleFor(n => n.Reason).Text();
    }
}

internal sealed class EdgeValidator : AbstractValidator<EdgeSettings>
{
    public EdgeValidator()
    {
        RuleFor(e => e.Weight).Weight();
        RuleFor(e => e.Contribution)
            .Must(c => c is null || c.Length <= BodyLimits.NameCharacters)
            .WithMessage($"must have at most {BodyLimits.NameCharacters} characters");
    }
}

internal static class NodeRules
{
    private const int MostTags = 50;
    private const int TagCharacters = 100;

    public static IRuleBuilderOptions<T, decimal?> Weight<T>(this IRuleBuilder<T, decimal?> rule) =>
        rule.Must(w => w is null or (> 0 and <= 1_000)).WithMessage("must be more than 0 and at most 1,000");

    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> Tags<T>(
        this IRuleBuilder<T, IReadOnlyList<string>?> rule
    ) =>
        rule.Must(tags => tags is null || tags.Count <= MostTags)
            .WithMessage($"at most {MostTags} tags")
            .Must(tags => tags is null || tags.All(IsTag))
            .WithMessage($"each tag has 1 to {TagCharacters} characters, none of them a control character")
            .Must(tags => tags is null || tags.Distinct().Count() == tags.Count)
            .WithMessage("no tag twice");

    private static bool IsTag(string? tag) =>
        !string.IsNullOrWhiteSpace(tag) && tag.Length <= TagCharacters && !tag.Any(char.IsControl);
}
