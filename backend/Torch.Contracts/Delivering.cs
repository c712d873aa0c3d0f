namespace Torch.Contracts;

/// <summary>
/// What an agent hands to its server at once: part of a spool, taken over as a whole or not at all. The server answers the offset at
/// which it stands for that spool: <paramref name="To"/>, or another where it had taken more or less before.
/// </summary>
/// <param name="SpoolId">
/// UUIDv7, made anew each time that an agent opens its spool, so that an offset of it can never mean two results. What an earlier run
/// of the agent has left comes under the id of that run.
/// </param>
/// <param name="From">The offset up to which the server has taken this spool over, 0 for nothing yet; this delivery begins behind it.</param>
/// <param name="To">The offset that this delivery reaches. Between the two some may be missing; <paramref name="Gaps"/> says which.</param>
/// <param name="Results">In the order of their offsets. Empty only where there are gaps.</param>
/// <param name="Gaps">What the agent had recorded, or should have, and cannot bring any more.</param>
public sealed record ResultDelivery(
    Guid SpoolId,
    long From,
    long To,
    IReadOnlyList<ProbeCompleted> Results,
    IReadOnlyList<ResultGap> Gaps
);

/// <summary>Results that were lost on the way.</summary>
/// <param name="CheckId">Null where nobody can tell any more whose they were.</param>
/// <param name="From">The first of them was not before.</param>
/// <param name="To">The last of them was not after.</param>
/// <param name="Results">How many.</param>
/// <param name="Reason">A stable word of <see cref="GapReasons"/>.</param>
public sealed record ResultGap(Guid? CheckId, DateTimeOffset From, DateTimeOffset To, long Results, string Reason);

/// <summary>Why results are missing.</summary>
public static class GapReasons
{
    /// <summary>The spool had reached its cap; the oldest good results were dropped.</summary>
    public const string Full = "full";

    /// <summary>The spool's file was damaged.</summary>
    public const string Damaged = "damaged";
}
