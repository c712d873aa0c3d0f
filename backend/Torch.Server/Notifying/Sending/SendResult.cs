namespace Torch.Server.Notifying.Sending;

/// <summary>What became of an attempt.</summary>
internal enum SendOutcome
{
    /// <summary>The receiver has taken it.</summary>
    Delivered,

    /// <summary>It may go through later.</summary>
    Failed,

    /// <summary>It never will.</summary>
    Refused,

    /// <summary>The receiver is gone for good, and wants nothing more.</summary>
    Gone,
}

/// <param name="Detail">What the receiver answered, or why it was not reached; for people, without secrets.</param>
/// <param name="RetryAfter">What the receiver asked for.</param>
internal sealed record SendResult(SendOutcome Outcome, string Detail, TimeSpan? RetryAfter = null)
{
    public static SendResult Failed(string detail) => new(SendOutcome.Failed, detail);
}
