using System.Buffers.Binary;

namespace Torch.Agent.Scheduling;

/// <summary>
/// When a check is due: at its own phase of its interval, for ever. Times count from the agent's start on the
/// monotonic clock; a run that ends late or a clock that is set moves nothing.
/// </summary>
public static class Grid
{
    /// <summary>0 up to 1, the same for a check each time and spread evenly over checks.</summary>
    public static double Fraction(Guid checkId)
    {
        Span<byte> bytes = stackalloc byte[16];
        checkId.TryWriteBytes(bytes);
        var mixed =
            Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes)) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        return (Mix(mixed) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>The first time strictly after <paramref name="now"/> at which the check is due.</summary>
    public static TimeSpan NextAfter(Guid checkId, TimeSpan interval, TimeSpan now)
    {
        var phase = interval * Fraction(checkId);
        var passed = Math.Floor((now - phase) / interval);
        var next = phase + interval * (passed + 1);
        return next > now ? next : next + interval;
    }

    // SplitMix64's finaliser: ids made in the same millisecond share their first half, their phases must not.
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return x ^ (x >> 31);
    }
}
