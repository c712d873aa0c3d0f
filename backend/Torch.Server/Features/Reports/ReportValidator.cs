using FluentValidation;
using Torch.Contracts;
using Torch.Server.Evaluating;
using Torch.Server.Http;

namespace Torch.Server.Features.Reports;

internal sealed class ReportValidator : AbstractValidator<ReportRequest>
{
    private const int MostMetrics = 100;

    public ReportValidator(TimeProvider time, IEvaluation evaluation)
    {
        RuleFor(r => r.Source).Name();
        RuleFor(r => r.Status)
            .Must(status => IsReportable(status, evaluation))
            .WithMessage(
                $"must be one of {string.Join(", ", Verdicts.Reportable)}, or a status of the workspace's own"
            );
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
        RuleFor(r => r.At).NotAhead(time);
    }

    private static bool IsReportable(string? status, IEvaluation evaluation) =>
        status is null
        || Verdicts.Reportable.Contains(status)
        || evaluation.Statuses.Own.Any(s => s is { Removed: false, Neutral: false } && s.Name == status);

    private static bool IsMetricName(string name) =>
        !string.IsNullOrWhiteSpace(name) && name.Length <= BodyLimits.NameCharacters;
}
