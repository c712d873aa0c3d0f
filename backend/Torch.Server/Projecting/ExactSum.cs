using System.Globalization;
using System.Numerics;

namespace Torch.Server.Projecting;

/// <summary>
/// A sum of doubles as the decimals they are written as, without rounding: the same in any order and however it was split, in value
/// and in the number of its decimal places.
/// </summary>
/// <param name="Unscaled">The sum times ten to the power of the scale.</param>
/// <param name="Scale">Decimal places: the most that any of the values has.</param>
internal readonly record struct ExactSum(BigInteger Unscaled, int Scale)
{
    public ExactSum Plus(double value)
    {
        var (unscaled, scale) = Digits(value);
        return Plus(new ExactSum(unscaled, scale));
    }

    public ExactSum Plus(ExactSum other)
    {
        var (unscaled, scale) = other;
        return scale <= Scale
            ? this with
            {
                Unscaled = Unscaled + Shift(unscaled, Scale - scale),
            }
            : new ExactSum(Shift(Unscaled, scale - Scale) + unscaled, scale);
    }

    /// <summary>In a form that PostgreSQL's numeric reads without loss.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Unscaled}E-{Scale}");

    // Of the shortest text that means this double.
    private static (BigInteger Unscaled, int Scale) Digits(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var scale = (dot < 0 ? 0 : mantissa.Length - dot - 1) - exponent;
        var digits = BigInteger.Parse(
            mantissa.Replace(".", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture
        );
        return scale >= 0 ? (digits, scale) : (Shift(digits, -scale), 0);
    }

    private static BigInteger Shift(BigInteger value, int places) =>
        places == 0 ? value : value * BigInteger.Pow(10, places);
}
