using FluentValidation;
using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features.Reports;

internal sealed class ReportValidator : AbstractValidator<ReportRequest>
{
    private const int MostMetrics = 100;
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    public ReportValidator(TimeProvider time)
    {
        RuleFor(r => r.Source).Name();
        RuleFor(r => r.Status)
            .Must(IsReportable)
            .WithMessage($"must be one of {string.Join(", ", Verdicts.Reportable)}");
        RuleFor(r => r.Value)
            .Must((r, _) => r.Value is not null || r.Status is not null || r.Metrics is { Count: > 0 })
            .WithMessage("a report needs a value, a status or metrics");
        RuleFor(r => r.Message).Text();
        RuleFor(r => r.Title)
            .Must(t => t is null || t.Length <= BodyLimits.NameCharacters)
            .WithMessage($"must have at most {BodyLimits.NameCharacters} characters");
        RuleFor(r => r.Metrics)
            .Must(m => m is null || m.Count <= MostMetrics)
            .WithMessage($"at most {MostMetrics} metrics");
        RuleFor(r => r.Metrics)
            .Must(m => m is null || m.Keys.All(IsMetricName))
            .WithMessage($"metric names have 1 to {BodyLimits.NameCharacters} characters");
        RuleFor(r => r.At)
            .Must(at => at is null || at <= time.GetUtcNow() + Ahead)
            .WithMessage("must not be more than 5 minutes ahead");
    }

    private static bool IsReportable(string? status) => status is null || Verdicts.Reportable.Contains(status);

    private static bool IsMetricName(string name) =>
        !string.IsNullOrWhiteSpace(name) && name.Length <= BodyLimits.NameCharacters;
}
