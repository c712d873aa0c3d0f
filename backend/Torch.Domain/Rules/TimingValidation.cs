namespace Torch.Domain.Rules;

/// <summary>Whether a timing suits its node.</summary>
internal static class TimingValidation
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static IEnumerable<RuleProblem> Check(Timing timing, bool isLeaf) =>
        Attempts("attempts", timing.Attempts, isLeaf)
            .Concat(Attempts("recoveryAttempts", timing.RecoveryAttempts, isLeaf))
            .Concat(Span("for", timing.For))
            .Concat(Span("recoveryFor", timing.RecoveryFor))
            .Concat(Span("holdDown", timing.HoldDown))
            .Concat(Limits(timing.Flapping));

    private static IEnumerable<RuleProblem> Attempts(string member, int attempts, bool isLeaf)
    {
        if (attempts is < 1 or > 100)
            yield return Problem(member, "attempts are out of range", "1 to 100");
        else if (!isLeaf && attempts > 1)
            yield return Problem(member, "attempts count a leaf's observations; a group has none", "a duration");
    }

    private static IEnumerable<RuleProblem> Span(string member, TimeSpan? span)
    {
        if (span < TimeSpan.Zero || span > Longest)
            yield return Problem(member, "the duration is out of range", "up to 7 days");
    }

    private static IEnumerable<RuleProblem> Limits(FlappingLimits? limits)
    {
        if (limits?.Start is < 1 or > 99)
            yield return Problem("flapping/start", "the percentage is out of range", "1 to 99");
        else if (limits is not null && (limits.Stop < 0 || limits.Stop > limits.Start))
            yield return Problem("flapping/stop", "flapping must end at or below where it begins", "0 to its start");
    }

    private static RuleProblem Problem(string member, string message, string expected) =>
        new(-1, 1, "timing_out_of_range", message, expected, "/timing/" + member);
}
