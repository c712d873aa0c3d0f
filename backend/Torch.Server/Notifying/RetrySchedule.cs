namespace Torch.Server.Notifying;

/// <summary>When a message is tried again, as Standard Webhooks recommends it.</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    /// <summary>How long to wait after a failed attempt, from 1; null where it is given up.</summary>
    public static TimeSpan? After(int attempt) => attempt <= Pauses.Length ? Pauses[attempt - 1] : null;
}
