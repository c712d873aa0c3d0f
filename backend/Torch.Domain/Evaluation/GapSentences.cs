namespace Torch.Domain.Evaluation;

/// <summary>What is said of a check that nobody looks after.</summary>
internal static class GapSentences
{
    /// <param name="gap">Null where it has been forgotten meanwhile.</param>
    public static string Why(Unwatched? gap) =>
        gap is null ? "nothing had been observed since a gap"
        : gap.OpenSince is not null ? gap.Reason
        : $"nothing has been observed since a gap ({gap.Reason})";

    public static string Lost(string reason) =>
        reason switch
        {
            "full" => "results were lost: the agent's spool was full",
            "damaged" => "results were lost: the agent's spool was damaged",
            _ => $"results were lost: {reason}",
        };
}
