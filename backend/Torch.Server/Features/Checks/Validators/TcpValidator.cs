using FluentValidation;
using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features.Checks;

internal sealed class TcpValidator : AbstractValidator<TcpSettings>
{
    public TcpValidator()
    {
        RuleFor(t => t.Host).Host();
        RuleFor(t => (int?)t.Port).Port().OverridePropertyName("Port");
        RuleFor(t => t.Steps).Must(s => s is null || s.Count <= 20).WithMessage("at most 20 steps");
        RuleForEach(t => t.Steps).NotNull().SetValidator(new TcpStepValidator());
        RuleFor(t => t.Steps)
            .Must((t, s) => (s ?? []).Count(step => step?.StartTls is true) + (t.Tls is true ? 1 : 0) <= 1)
            .WithMessage("a connection is encrypted once: by tls, or by one step's startTls");
        RuleFor(t => t.ServerName).HostOrNull();
        RuleFor(t => t.AddressFamily).Family();
    }
}

internal sealed class TcpStepValidator : AbstractValidator<TcpStep>
{
    public TcpStepValidator()
    {
        RuleFor(s => s.Send).Text();
        RuleFor(s => s.Expect).Pattern();
    }
}
