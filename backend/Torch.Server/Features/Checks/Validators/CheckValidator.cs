using System.Linq.Expressions;
using FluentValidation;
using Torch.Contracts;
using Torch.Domain.Agents;
using Torch.Domain.Schedules;
using Torch.Server.Http;
using Torch.Text;

namespace Torch.Server.Features.Checks;

/// <summary>A check of any kind: what all have, and that the settings are those of its kind.</summary>
internal sealed class CheckValidator : AbstractValidator<CheckRequest>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Year = TimeSpan.FromDays(366);

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
        CheckKind.Heartbeat,
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
        When(c => !CheckMapping.IsProbe(c.Kind), () => RuleFor(c => c.Source).Name());
        Protocols();
    }

    private void Probe()
    {
        RuleFor(c => c.Interval).NotNull().When(c => c.Cron is null).WithMessage("a probe needs an interval, or cron");
        RuleFor(c => c.Interval)
            .Must(i => i is null || (i >= TimeSpan.FromSeconds(1) && i <= Day))
            .WithMessage("must be from PT1S to P1D");
        RuleFor(c => c.Timeout)
            .Must(t => t is null || (t >= TimeSpan.FromMilliseconds(100) && t <= TimeSpan.FromMinutes(5)))
            .WithMessage("must be from PT0.1S to PT5M");
        RuleFor(c => c.Source).Null().WithMessage("belongs to a report, not to a probe");
        RuleFor(c => c.Cron)
            .Null()
            .When(c => c.Interval is not null)
            .WithMessage("either an interval or cron, not both");
        RuleFor(c => c.Cron).Must((_, text, context) => text is null || IsCron(text, context)).WithMessage("{Problem}");
        RuleFor(c => c.TimeZone)
            .Null()
            .When(c => c.Cron is null)
            .WithMessage("belongs to cron")
            .Must(zone => zone is null || TimeZones.TryFind(zone, out _))
            .When(c => c.Cron is not null, ApplyConditionTo.CurrentValidator)
            .WithMessage($"must be {TimeZones.Expected}");
    }

    private void Places()
    {
        RuleFor(c => c.Locations)
            .Must(names => names is null || AreLocations(names))
            .WithMessage(
                $"must be 1 to {Locations.MostPerCheck} different names of small letters, digits, dots, dashes and underscores"
            );
        RuleFor(c => c.Locations).Null().When(c => !CheckMapping.IsProbe(c.Kind)).WithMessage("belongs to a probe");
        RuleFor(c => c.Decide)
            .Null()
            .When(c => c.Locations is not { Count: > 1 })
            .WithMessage("needs several locations");
        RuleFor(c => c.Decide)
            .Must((c, decide) => Locations.IsDecision(decide, c.Locations!.Count))
            .When(c => c.Locations is { Count: > 1 })
            .WithMessage("must be \"any\", \"all\", or a number from 1 to that of the locations");
        RuleFor(c => c.Grace).Null().When(c => c.Kind != CheckKind.Heartbeat).WithMessage("belongs to a heartbeat");
        RuleFor(c => c.Grace)
            .Must(g => g is null || (g >= TimeSpan.Zero && g <= Year))
            .WithMessage("must be from PT0S to P366D");
    }

    private static bool IsCron(string text, ValidationContext<CheckRequest> context)
    {
        var isCron = CronExpression.TryParse(text, out _, out var problem);
        context.MessageFormatter.AppendArgument("Problem", problem);
        return isCron;
    }

    private static bool AreLocations(IReadOnlyList<string> names) =>
        names.Count is > 0 and <= Locations.MostPerCheck
        && names.All(Locations.IsName)
        && names.Distinct(StringComparer.Ordinal).Count() == names.Count;

    private void NoProbe()
    {
        RuleFor(c => c.Cron).Null().WithMessage("belongs to a probe");
        RuleFor(c => c.TimeZone).Null().WithMessage("belongs to a probe");
        RuleFor(c => c.Interval)
            .Null()
            .When(c => c.Kind == CheckKind.Report)
            .WithMessage("belongs to a probe or a heartbeat, not to a report");
        RuleFor(c => c.Interval)
            .Must(i => i is null || (i >= TimeSpan.FromSeconds(1) && i <= Year))
            .WithMessage("must be from PT1S to P366D");
        RuleFor(c => c.Timeout).Null().WithMessage("belongs to a probe");
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
