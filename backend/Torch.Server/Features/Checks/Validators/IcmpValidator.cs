using FluentValidation;
using Torch.Contracts;

namespace Torch.Server.Features.Checks;

internal sealed class IcmpValidator : AbstractValidator<IcmpSettings>
{
    public IcmpValidator()
    {
        RuleFor(i => i.Host).Host();
        RuleFor(i => i.Count).Within(1, 20);
        RuleFor(i => i.PacketBytes).Within(0, 1_400);
        RuleFor(i => i.AddressFamily).Family();
        RuleFor(i => i.Expect!.MaxLoss)
            .Within(0.0, 100.0)
            .OverridePropertyName("Expect.MaxLoss")
            .When(i => i.Expect is not null);
    }
}
