namespace Torch.Server.Http;

/// <summary>A span of time that a query names by <c>from</c> and <c>to</c>.</summary>
internal sealed record TimeRange(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;

    public static TimeRange Of(string? from, string? to, TimeSpan length, TimeProvider time)
    {
        var end = Parse(to, "to") ?? time.GetUtcNow();
        var start = Parse(from, "from") ?? end - length;
        return start < end ? new(start, end) : throw new FaultException(Fault.Invalid("from", "must be before to"));
    }

    public static DateTimeOffset? Parse(string? text, string parameter)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        // An unescaped + of an offset arrives as a blank.
        if (UtcTimeConverter.TryParse(text.Replace(' ', '+'), out var time))
            return time;
        throw new FaultException(Fault.Invalid(parameter, "must be an RFC 3339 time such as 2026-01-31T08:00:00Z"));
    }
}
