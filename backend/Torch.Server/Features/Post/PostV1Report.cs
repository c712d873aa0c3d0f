using FluentValidation;
using Torch.Contracts;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Post;

internal static class PostV1Report
{
    /// <summary>Torch v1's report: its scripts run unchanged.</summary>
    /// <remarks>Answered with the row as Torch v1 answered it. Members it does not know are passed over, and any content type is taken.</remarks>
    /// <response code="201">Durable.</response>
    public static async Task<IResult> Handle(HttpContext http, Ingest ingest, V1ReportValidator validator)
    {
        var bytes = await http.ReadBytesAsync(BodyLimits.Bytes);
        var row = RequestBody.Parse<V1ReportRequest>(bytes, ApiJson.LenientInput);
        Validation.Check(validator, row);
        http.RequireSource(row.ReportId, "/report_id");
        var report = new ReportRequest(row.ReportId, row.Value, null, row.Description, null, row.Title, null);
        var incoming = new IncomingReport(Guid.CreateVersion7(), report, row.Parent);
        var done = (AppendOutcome.Appended)await ingest.AppendAsync([incoming], null);
        var stored = new V1Report(
            done.Position,
            row.ReportId,
            row.Title,
            row.Description,
            row.Value,
            row.Parent,
            done.Timestamp
        );
        return new WrittenJson<V1Report>(stored, StatusCodes.Status201Created);
    }
}

internal sealed class V1ReportValidator : AbstractValidator<V1ReportRequest>
{
    public V1ReportValidator()
    {
        RuleFor(r => r.ReportId).Name().OverridePropertyName("report_id");
        RuleFor(r => r.Title)
            .Must(t => t is null || t.Length <= BodyLimits.NameCharacters)
            .WithMessage($"must have at most {BodyLimits.NameCharacters} characters");
        RuleFor(r => r.Description).Text();
        RuleFor(r => r.Parent)
            .Must(p => p is null || p.Length <= BodyLimits.NameCharacters)
            .WithMessage($"must have at most {BodyLimits.NameCharacters} characters");
    }
}
