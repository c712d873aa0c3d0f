namespace Torch.Domain.Rules;

/// <summary>
/// How patient a node is before another status counts; it damps the whole verdict of a leaf or a group. Until then the new status is
/// soft: visible, but not the node's. Missing data, pauses and a rule that fails are not damped, and what comes after missing data or
/// a pause is damped only where it is worse.
/// </summary>
/// <param name="Attempts">Results in a row that are worse before the status of the last one counts, 1 to 100; leaves only.</param>
/// <param name="For">How long it must be worse, up to 7 days; counted, like the attempts, from the first worse result.</param>
/// <param name="RecoveryAttempts">The same for a better status.</param>
/// <param name="RecoveryFor">The same for a better status.</param>
/// <param name="HoldDown">After a change to a worse status, at least so long before a better one counts; up to 7 days.</param>
/// <param name="Flapping">Watches for flapping; null does not.</param>
public sealed record Timing(
    int Attempts = 1,
    TimeSpan? For = null,
    int RecoveryAttempts = 1,
    TimeSpan? RecoveryFor = null,
    TimeSpan? HoldDown = null,
    FlappingLimits? Flapping = null
);

/// <summary>
/// When a node flaps: the share of the last 20 results that differed from the one before, where the newest weighs most. The weights,
/// 0.8 + 0.02 i for the i-th oldest, and the limits are those of Icinga 2 (<c>Checkable::UpdateFlappingStatus</c>), after Nagios.
/// </summary>
/// <param name="Start">It begins above this percentage, 1 to 99.</param>
/// <param name="Stop">It ends at or below this one, at most <paramref name="Start"/>.</param>
public sealed record FlappingLimits(int Start = 30, int Stop = 25);
