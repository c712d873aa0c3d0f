using System.Linq.Expressions;
using FluentValidation;
using Torch.Contracts;
using Torch.Domain.Agents;
using Torch.Server.Http;

namespace Torch.Server.Features.Checks;

/// <summary>A check of any kind: what all have, and that the settings are those of its kind.</summary>
internal sealed class CheckValidator : AbstractValidator<CheckRequest>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>What this version runs or takes.</summary>
    private static readonly CheckKind[] Kinds =
    [
        CheckKind.Http,
        CheckKind.Tcp,
        CheckKind.Tls,
        CheckKind.Dns,
        CheckKind.Icmp,
        CheckKind.Postgres,
        CheckKind.Feed,
        CheckKind.Report,
    ];

    public CheckValidator()
    {
        RuleFor(c => c.Name).Name();
        RuleFor(c => c.Kind)
            .Must(kind => Kinds.Contains(kind))
            .WithMessage(
                $"must be one of {string.Join(", ", Kinds.Select(Word))}: this version of Torch runs no other"
            );
        RuleFor(c => c.Staleness)
            .Must(s => s is null || (s >= TimeSpan.FromSeconds(1) && s <= TimeSpan.FromDays(366)))
            .WithMessage("must be from PT1S to P366D");
        When(c => CheckMapping.IsProbe(c.Kind), Probe).Otherwise(NoProbe);
        Places();
        When(c => c.Kind == CheckKind.Report, () => RuleFor(c => c.Source).Name());
        Protocols();
    }

    private void Probe()
    {
        RuleFor(c => c.Interval).NotNull().WithMessage("a probe needs an interval");
        RuleFor(c => c.Interval)
            .Must(i => i is null || (i >= TimeSpan.FromSeconds(1) && i <= Day))
            .WithMessage("must be from PT1S to P1D");
        RuleFor(c => c.Timeout)
            .Must(t => t is null || (t >= TimeSpan.FromMilliseconds(100) && t <= TimeSpan.FromMinutes(5)))
            .WithMessage("must be from PT0.1S to PT5M");
        RuleFor(c => c.Source).Null().WithMessage("belongs to a report, not to a probe");
    }

    private void Places()
    {
        RuleFor(c => c.Locations)
            .Must(names => names is null || (names.Count == 1 && names.All(Locations.IsName)))
            .WithMessage("must be one name of small letters, digits, dots, dashes and underscores");
        RuleFor(c => c.Locations).Null().When(c => !CheckMapping.IsProbe(c.Kind)).WithMessage("belongs to a probe");
        RuleFor(c => c.Decide).Null().WithMessage("needs several locations, which this version of Torch does not have");
        RuleFor(c => c.Grace).Null().WithMessage("belongs to a heartbeat, which this version of Torch does not have");
    }

    private void NoProbe()
    {
        RuleFor(c => c.Interval).Null().WithMessage("belongs to a probe, not to a report");
        RuleFor(c => c.Timeout).Null().WithMessage("belongs to a probe, not to a report");
    }

    private void Protocols()
    {
        OfKind(CheckKind.Http, c => c.Http, new HttpValidator());
        OfKind(CheckKind.Tcp, c => c.Tcp, new TcpValidator());
        OfKind(CheckKind.Tls, c => c.Tls, new TlsValidator());
        OfKind(CheckKind.Dns, c => c.Dns, new DnsValidator());
        OfKind(CheckKind.Icmp, c => c.Icmp, new IcmpValidator());
        OfKind(CheckKind.Postgres, c => c.Postgres, new PostgresValidator());
        OfKind(CheckKind.Feed, c => c.Feed, new FeedValidator());
    }

    private void OfKind<T>(CheckKind kind, Expression<Func<CheckRequest, T?>> settings, IValidator<T>? validator)
        where T : class
    {
        RuleFor(settings)
            .NotNull()
            .WithMessage($"a check of kind {Word(kind)} needs its {Word(kind)} settings")
            .When(c => c.Kind == kind);
        RuleFor(settings).Null().WithMessage($"belongs to a check of kind {Word(kind)}").When(c => c.Kind != kind);
        if (validator is not null)
            RuleFor(settings!).SetValidator(validator!).When(c => c.Kind == kind);
    }

    private static string Word(CheckKind kind) => kind.ToString().ToLowerInvariant();
}
