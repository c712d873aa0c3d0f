using System.Globalization;
using Torch.EventStore;
using Torch.Server.Http;

namespace Torch.Server.Features;

/// <summary>Which instant a read is about: <c>asOf</c> a time, <c>atPosition</c>, or, with neither, now.</summary>
internal sealed class PastReading(LogTimes times, IEventLog log, TimeProvider time)
{
    /// <summary>The position of the last event that the asked instant has seen; null for the present.</summary>
    /// <exception cref="FaultException">It is not one instant, or it has not come yet.</exception>
    /// <param name="timeName">What the request calls the time; likewise the position.</param>
    public async Task<long?> PositionAsync(
        string? asOf,
        string? atPosition,
        CancellationToken cancellationToken,
        string timeName = "asOf",
        string positionName = "atPosition"
    )
    {
        if (!string.IsNullOrEmpty(asOf) && !string.IsNullOrEmpty(atPosition))
            throw new FaultException(Fault.Invalid(positionName, $"{timeName} and {positionName} exclude each other"));
        if (TimeRange.Parse(asOf, timeName) is { } instant)
            return instant > time.GetUtcNow()
                ? throw new FaultException(Fault.Invalid(timeName, "must not lie in the future"))
                : await times.LastAtAsync(instant, cancellationToken);
        return string.IsNullOrEmpty(atPosition) ? null : await ParseAsync(atPosition, positionName, cancellationToken);
    }

    /// <summary>Whether <c>rules=now</c> asks for a past under the rules of now.</summary>
    /// <exception cref="FaultException">It is neither now nor then, or no past is asked for.</exception>
    public static bool IsUnderRulesOfNow(string? rules, bool isPast = true) =>
        rules switch
        {
            null or "" or "then" => false,
            "now" when isPast => true,
            "now" => throw new FaultException(Fault.Invalid("rules", "stands with asOf or atPosition")),
            _ => throw new FaultException(Fault.Invalid("rules", "must be then or now")),
        };

    private async Task<long> ParseAsync(string text, string name, CancellationToken cancellationToken)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            throw new FaultException(Fault.Invalid(name, "must be a position that Torch gave"));
        var head = await log.HeadAsync(cancellationToken);
        return position <= head
            ? position
            : throw new FaultException(Fault.Invalid(name, $"must not lie in the future: the log ends at {head}"));
    }
}

/// <summary>Marks reads that can answer for the past.</summary>
internal sealed class PastMark
{
    public static PastMark Instance { get; } = new();
}

/// <summary>Marks an operation that answers what was known at a moment.</summary>
internal sealed class KnownMark
{
    public static KnownMark Instance { get; } = new();
}
