using System.Text.Json.Serialization;

namespace Torch.Contracts;

/// <summary>What a script says about one source at one time.</summary>
/// <param name="Source">What is reported on, such as <c>backup/db1</c>; 1 to 200 characters. It names the check.</param>
/// <param name="Value">Any finite number. Required unless <paramref name="Status"/> is given.</param>
/// <param name="Status">The script's own verdict; <c>up</c> where absent.</param>
/// <param name="Message">Up to 8 KiB.</param>
/// <param name="Metrics">Further finite numbers by name.</param>
/// <param name="Title">A name for people, up to 200 characters.</param>
/// <param name="At">When it was so; the time of arrival where absent. At most 5 minutes ahead.</param>
public sealed record ReportRequest(
    string Source,
    double? Value = null,
    string? Status = null,
    string? Message = null,
    IReadOnlyDictionary<string, double>? Metrics = null,
    string? Title = null,
    DateTimeOffset? At = null
);

/// <summary>A report that is durable.</summary>
public sealed record ReportAccepted(Guid EventId, long Position);

/// <summary>A batch that is durable.</summary>
public sealed record BatchAccepted(int Accepted, long Position);

/// <summary>The latest report of one source.</summary>
/// <param name="Status">The report's own verdict.</param>
/// <param name="NodeIds">The nodes that show it; empty while it is unplaced.</param>
public sealed record LatestReport(
    string Source,
    Guid CheckId,
    double? Value,
    string Status,
    string? Message,
    string? Title,
    DateTimeOffset At,
    IReadOnlyList<Guid> NodeIds
);

/// <summary>Torch v1's report.</summary>
public sealed record V1ReportRequest(
    [property: JsonPropertyName("report_id")] string ReportId,
    long Value,
    string? Title = null,
    string? Description = null,
    string? Parent = null
);

/// <summary>Torch v1's row, as it answered it.</summary>
/// <param name="Id">The event's position.</param>
public sealed record V1Report(
    long Id,
    [property: JsonPropertyName("report_id")] string ReportId,
    string? Title,
    string? Description,
    long Value,
    string? Parent,
    DateTimeOffset Time
);
