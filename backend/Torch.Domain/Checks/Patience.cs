namespace Torch.Domain.Checks;

/// <summary>How long a check may be silent.</summary>
public static class Patience
{
    private static readonly TimeSpan Default = TimeSpan.FromMinutes(30);

    /// <summary>A heartbeat's interval and grace, else the check's own staleness, else 30 minutes or three intervals where longer.</summary>
    public static TimeSpan Of(CheckSettings? settings)
    {
        if (settings is { Kind: CheckKind.Heartbeat, Grace: { } grace })
            return (settings.Interval ?? TimeSpan.Zero) + grace;
        if (settings?.Staleness is { } set)
            return set;
        var threeIntervals = 3 * (settings?.Interval ?? TimeSpan.Zero);
        return threeIntervals > Default ? threeIntervals : Default;
    }
}
