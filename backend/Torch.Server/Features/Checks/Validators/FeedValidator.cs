using FluentValidation;
using Torch.Contracts;
using Torch.Server.Http;
using Torch.Text;

namespace Torch.Server.Features.Checks;

internal sealed class FeedValidator : AbstractValidator<FeedSettings>
{
    private const int MostWords = 100;
    private const int LongestPath = 200;

    public FeedValidator()
    {
        RuleFor(f => f.Url).WebAddress();
        RuleFor(f => f.Headers).RequestHeaders();
        RuleFor(f => f.Auth!).SetValidator(new AuthValidator()).When(f => f.Auth is not null);
        RuleFor(f => f.Items)
            .Must(p => p is null || (p.Length <= LongestPath && (p is "$" || JsonPath.Read(p) is not null)))
            .WithMessage("must be a path such as $ or $.data[0].devices, without wildcards");
        RuleFor(f => f.IdField).Must(IsField).WithMessage("must have 1 to 200 characters");
        RuleFor(f => f.NameField).Must(IsField).WithMessage("must have 1 to 200 characters");
        RuleFor(f => f.StatusField).Must(IsField).WithMessage("must have 1 to 200 characters");
        RuleFor(f => f.AddressField).Must(IsField).WithMessage("must have 1 to 200 characters");
        RuleFor(f => f.Statuses)
            .Must(s => s is null || (s.Count <= MostWords && s.All(w => IsField(w.Key) && IsField(w.Value))))
            .WithMessage($"at most {MostWords} words, each with its status");
    }

    private static bool IsField(string? name) => name is null or { Length: > 0 and <= BodyLimits.NameCharacters };
}
