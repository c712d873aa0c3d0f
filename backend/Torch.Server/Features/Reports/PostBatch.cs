using Torch.Contracts;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Reports;

internal static class PostBatch
{
    /// <summary>Report on many sources at once.</summary>
    /// <remarks>A JSON array, or NDJSON with one report a line; at most 10 MiB. All are stored, or none: one bad report rejects the batch and is named by its index.</remarks>
    /// <response code="202">All of them are durable.</response>
    public static async Task<IResult> Handle(
        HttpContext http,
        Ingest ingest,
        Idempotency idempotency,
        ReportValidator validator,
        RateLimits limits
    )
    {
        var isLines = IsLines(http.Request);
        var bytes = await http.ReadBytesAsync(BodyLimits.BatchBytes);
        var reports = isLines ? BatchReading.Lines(bytes) : BatchReading.Array(bytes);
        BatchReading.Validate(reports, validator);
        for (var i = 0; i < reports.Count; i++)
            http.RequireSource(reports[i].Source, $"/{i}/source");
        limits.Charge(http.Caller(), reports.Count - 1);
        var key = Idempotency.Of(http, bytes) is { } asked
            ? asked with
            {
                Answer = BitConverter.GetBytes(reports.Count),
            }
            : null;
        using var claim = idempotency.Claim(key);
        var incoming = reports.Select(report => new IncomingReport(Guid.CreateVersion7(), report)).ToArray();
        return await ingest.AppendAsync(incoming, key) switch
        {
            AppendOutcome.Appended done => Accepted(reports.Count, done.Position),
            AppendOutcome.Repeated first => Accepted(BitConverter.ToInt32(first.Answer.Span), first.Position),
            AppendOutcome.KeyReused => Idempotency.Reused.Answer(),
            var other => throw new InvalidOperationException($"A report has no expected version, yet: {other}"),
        };
    }

    private static IResult Accepted(int count, long position) =>
        new WrittenJson<BatchAccepted>(new BatchAccepted(count, position), StatusCodes.Status202Accepted);

    private static bool IsLines(HttpRequest request)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        if (type is "application/x-ndjson" or "application/ndjson" or "application/jsonl")
            return true;
        return request.HasJsonContentType()
            ? false
            : throw new FaultException(Fault.UnsupportedMediaType("application/json or application/x-ndjson"));
    }
}
