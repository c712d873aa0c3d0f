using FluentValidation;
using Torch.Contracts;

namespace Torch.Server.Features.Checks;

internal sealed class TlsValidator : AbstractValidator<TlsSettings>
{
    private static readonly string[] Protocols = ["smtp", "imap", "pop3", "ftp", "ldap", "postgres"];

    public TlsValidator()
    {
        RuleFor(t => t.Host).Host();
        RuleFor(t => t.Port).Port();
        RuleFor(t => t.ServerName).HostOrNull();
        RuleFor(t => t.StartTls).OneOf(Protocols);
        RuleFor(t => t.DaysLeft).Within(0, 3_650);
        RuleFor(t => t.AddressFamily).Family();
    }
}
