using Torch.Contracts;
using Torch.Domain.Rules;

namespace Torch.Server.Features.Nodes.Rules;

/// <summary>A timing between the API's words and the domain's.</summary>
public static class TimingMapping
{
    /// <summary>A timing that delays nothing and watches for nothing is none.</summary>
    public static Timing? Read(TimingSettings? wanted)
    {
        if (wanted is null)
            return null;
        var timing = new Timing(
            wanted.Attempts ?? 1,
            wanted.For,
            wanted.RecoveryAttempts ?? 1,
            wanted.RecoveryFor,
            wanted.HoldDown,
            wanted.Flapping is { } f ? new(f.Start ?? 30, f.Stop ?? 25) : null
        );
        return timing == new Timing() ? null : timing;
    }

    public static TimingSettings? View(Timing? timing) =>
        timing is null
            ? null
            : new(
                timing.Attempts,
                timing.For,
                timing.RecoveryAttempts,
                timing.RecoveryFor,
                timing.HoldDown,
                timing.Flapping is { } f ? new(f.Start, f.Stop) : null
            );
}
