using Torch.Contracts;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Reports;

internal static class PostReport
{
    /// <summary>Report on a source.</summary>
    /// <remarks>Answered once the report is durable. An unknown source becomes an unplaced report. Without a status the report says <c>up</c>.</remarks>
    /// <response code="202">Durable.</response>
    public static async Task<IResult> Handle(
        HttpContext http,
        Ingest ingest,
        Idempotency idempotency,
        ReportValidator validator
    )
    {
        var body = await http.ReadJsonAsync(validator);
        http.RequireSource(body.Value.Source);
        var incoming = new IncomingReport(Guid.CreateVersion7(), body.Value);
        var key = Idempotency.Of(http, body.Bytes) is { } asked
            ? asked with
            {
                Answer = incoming.EventId.ToByteArray(),
            }
            : null;
        using var claim = idempotency.Claim(key);
        return await ingest.AppendAsync([incoming], key) switch
        {
            AppendOutcome.Appended done => Accepted(incoming.EventId, done.Position),
            AppendOutcome.Repeated first => Accepted(new Guid(first.Answer.Span), first.Position),
            AppendOutcome.KeyReused => Idempotency.Reused.Answer(),
            var other => throw new InvalidOperationException($"A report has no expected version, yet: {other}"),
        };
    }

    private static IResult Accepted(Guid eventId, long position) =>
        new WrittenJson<ReportAccepted>(new ReportAccepted(eventId, position), StatusCodes.Status202Accepted);
}
