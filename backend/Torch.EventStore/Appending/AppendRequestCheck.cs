namespace Torch.EventStore.Appending;

/// <summary>Refuses requests that no database could make sense of: faults of the caller, hence exceptions.</summary>
internal static class AppendRequestCheck
{
    public static void Check(AppendRequest request)
    {
        if (request.Streams.Count == 0 && request.Checkpoint is null && request.Key is null)
            throw new ArgumentException("A request must bring something", nameof(request));
        if (request.Streams.Any(s => s.Events.Count == 0 && s.ExpectedVersion is null))
            throw new ArgumentException("A stream needs events or an expected version", nameof(request));
        if (request.Spool is { } spool && (spool.To <= spool.From || request.Streams.All(s => s.Events.Count == 0)))
            throw new ArgumentException("A spool moves forward, and with events", nameof(request));
        if (request.Key is { } key && (key.Key.Length is < 1 or > 200 || key.Scope.Length > 500))
            throw new ArgumentException("A key has 1 to 200 characters, its scope at most 500", nameof(request));
    }
}
