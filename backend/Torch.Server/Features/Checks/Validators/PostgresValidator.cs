using FluentValidation;
using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features.Checks;

internal sealed class PostgresValidator : AbstractValidator<PostgresSettings>
{
    private static readonly string[] Modes = ["disable", "prefer", "require", "verify"];

    public PostgresValidator()
    {
        RuleFor(p => p.Host).Host();
        RuleFor(p => p.Port).Port();
        RuleFor(p => p.User).Name();
        RuleFor(p => p.Database).Name().When(p => p.Database is not null);
        RuleFor(p => p.Password)
            .Must(p => p is null || (p.Length <= 1024 && !p.Contains('\0')))
            .WithMessage("must have at most 1,024 characters");
        RuleFor(p => p.Tls).OneOf(Modes);
        RuleFor(p => p.Query)
            .Must(q => q is null || (q.Length <= 8192 && !string.IsNullOrWhiteSpace(q) && !q.Contains('\0')))
            .WithMessage("must be a query of at most 8,192 characters");
        RuleFor(p => p.AddressFamily).Family();
    }
}
