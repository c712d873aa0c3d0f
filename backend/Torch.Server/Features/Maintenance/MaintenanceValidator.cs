using FluentValidation;
using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features.Maintenance;

/// <summary>The frame of a window; when it can be open is judged by the domain.</summary>
internal sealed class MaintenanceValidator : AbstractValidator<MaintenanceRequest>
{
    private const int MostNodes = 1_000;

    public MaintenanceValidator()
    {
        RuleFor(w => w.Name).Name();
        RuleFor(w => w.NodeIds)
            .Must(ids => ids.Count is > 0 and <= MostNodes)
            .WithMessage($"1 to {MostNodes} nodes")
            .Must(ids => ids.Distinct().Count() == ids.Count)
            .WithMessage("no node twice");
        RuleFor(w => w.Reason).Text();
        RuleFor(w => w.Schedule)
            .Must(s => s.From is not null && s.To is not null)
            .When(w => w.Schedule.Kind != MaintenanceKind.Recurring)
            .WithMessage("needs \"from\" and \"to\"");
        RuleFor(w => w.Schedule)
            .Must(s => s.Days is { Count: > 0 } && s.Start is not null && s.Duration is not null)
            .When(w => w.Schedule.Kind == MaintenanceKind.Recurring)
            .WithMessage("needs \"days\", \"start\" and \"duration\"");
        RuleFor(w => w.Schedule.Days)
            .Must(days => days is null || days.All(d => MaintenanceMapping.DayOf(d) is not null))
            .WithMessage("days are mon, tue, wed, thu, fri, sat and sun");
        RuleFor(w => w.Schedule.Start)
            .Must(start => start is null || MaintenanceMapping.StartOf(start) is not null)
            .WithMessage("a time of day such as 02:00");
        RuleFor(w => w.Schedule.Duration)
            .Must(d => d is null || (d >= TimeSpan.FromMinutes(1) && d <= TimeSpan.FromDays(366)))
            .WithMessage("from PT1M to P366D")
            .Must(d => d is null || d <= TimeSpan.FromDays(7))
            .When(w => w.Schedule.Kind == MaintenanceKind.Recurring, ApplyConditionTo.CurrentValidator)
            .WithMessage("what comes every week lasts from PT1M to P7D");
    }
}
