using System.Net;
using FluentValidation;
using Torch.Contracts;

namespace Torch.Server.Features.Checks;

internal sealed class DnsValidator : AbstractValidator<DnsSettings>
{
    private static readonly string[] Types = ["A", "AAAA", "CNAME", "MX", "NS", "TXT", "SOA", "SRV", "CAA", "PTR"];
    private static readonly string[] Transports = ["udp", "tcp"];

    public DnsValidator()
    {
        RuleFor(d => d.Name)
            .Must((d, name) => d.Type is "PTR" && IPAddress.TryParse(name, out _) || IsName(name))
            .WithMessage("must be a domain name of at most 253 characters, with labels of at most 63");
        RuleFor(d => d.Type).OneOf(Types);
        RuleFor(d => d.Server).HostOrNull();
        RuleFor(d => d.Port).Port();
        RuleFor(d => d.Transport).OneOf(Transports);
        RuleFor(d => d.Expect!).SetValidator(new DnsExpectationValidator()).When(d => d.Expect is not null);
    }

    // RFC 1035, 2.3.4. "." is the root.
    private static bool IsName(string? name) =>
        name is "."
        || (
            name is { Length: > 0 and <= 254 }
            && name.All(c => c is > ' ' and < '\x7f')
            && name.TrimEnd('.').Split('.').All(label => label.Length is > 0 and <= 63)
        );
}

internal sealed class DnsExpectationValidator : AbstractValidator<DnsExpectation>
{
    private static readonly string[] Rcodes =
    [
        "NOERROR",
        "FORMERR",
        "SERVFAIL",
        "NXDOMAIN",
        "NOTIMP",
        "REFUSED",
        "YXDOMAIN",
        "YXRRSET",
        "NXRRSET",
        "NOTAUTH",
        "NOTZONE",
    ];

    public DnsExpectationValidator()
    {
        RuleFor(e => e.Rcode).OneOf(Rcodes);
        RuleFor(e => e.Answers)
            .Must(a => a is null || (a.Count is >= 1 and <= 50 && a.All(t => t is { Length: > 0 and <= 1024 })))
            .WithMessage("1 to 50 answers of at most 1,024 characters");
        RuleFor(e => e.Matches).Pattern();
    }
}
