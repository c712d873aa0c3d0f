using System.Runtime.InteropServices;

namespace Torch.Domain.Slo;

/// <summary>How much was good and how much bad: milliseconds, or observations.</summary>
/// <param name="Excluded">What counts as neither.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Tally(long Good, long Bad, long Excluded = 0)
{
    public long Eligible => Good + Bad;

    /// <summary>Percent of the eligible that was good; null where nothing was.</summary>
    public decimal? Availability => Eligible == 0 ? null : Ratios.Percent(Good, Eligible);

    public static Tally operator +(Tally a, Tally b) => new(a.Good + b.Good, a.Bad + b.Bad, a.Excluded + b.Excluded);
}

/// <summary>Ratios are computed once, from integers, in decimal: 6 places, half to even.</summary>
public static class Ratios
{
    private const int Places = 6;

    public static decimal Percent(decimal part, decimal whole) => Round(100m * part / whole);

    public static decimal Round(decimal value) => Math.Round(value, Places, MidpointRounding.ToEven);
}
