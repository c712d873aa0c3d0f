using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features.Reports;

/// <summary>Parses and validates a batch; the first bad report rejects it, named by its index.</summary>
internal static class BatchReading
{
    public static IReadOnlyList<ReportRequest> Array(byte[] bytes)
    {
        var reports = RequestBody.Parse<ReportRequest?[]>(bytes, ApiJson.Input);
        var hole = System.Array.IndexOf(reports, null);
        if (hole >= 0)
            throw new FaultException(Fault.Malformed($"/{hole}", "expected a report, found null"));
        return NotEmpty(reports!);
    }

    public static IReadOnlyList<ReportRequest> Lines(byte[] bytes)
    {
        var reports = new List<ReportRequest>();
        foreach (var range in new LineRanges(bytes))
            reports.Add(RequestBody.Parse<ReportRequest>(bytes.AsSpan(range), ApiJson.Input, $"/{reports.Count}"));
        return NotEmpty(reports);
    }

    public static void Validate(IReadOnlyList<ReportRequest> reports, ReportValidator validator)
    {
        for (var i = 0; i < reports.Count; i++)
            Validation.Check(validator, reports[i], $"/{i}");
    }

    private static IReadOnlyList<ReportRequest> NotEmpty(IReadOnlyList<ReportRequest> reports) =>
        reports.Count > 0 ? reports : throw new FaultException(Fault.Invalid("", "the batch holds no report"));

    /// <summary>The lines that hold more than white space.</summary>
    private readonly struct LineRanges(byte[] bytes)
    {
        public IEnumerator<Range> GetEnumerator()
        {
            for (var start = 0; start < bytes.Length; )
            {
                var end = System.Array.IndexOf(bytes, (byte)'\n', start);
                end = end < 0 ? bytes.Length : end;
                if (bytes.AsSpan(start..end).IndexOfAnyExcept(" \t\r"u8) >= 0)
                    yield return start..end;
                start = end + 1;
            }
        }
    }
}
