using System.Globalization;
using System.Text;

namespace Torch.EventStore.Canonical;

/// <summary>Numbers as ECMAScript writes them: the shortest digits that give the same double.</summary>
internal static class CanonicalNumber
{
    // Every integer of so many digits is a double and its own shortest form.
    private const int PlainDigits = 15;

    /// <param name="text">A number in JSON's grammar.</param>
    public static void Write(ReadOnlySpan<byte> text, ByteBuffer output)
    {
        if (IsPlain(text))
        {
            output.Add(text);
            return;
        }
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
            throw new FormatException($"The number {Encoding.UTF8.GetString(text)} is beyond double");
        Write(value, output);
    }

    public static void Write(double value, ByteBuffer output)
    {
        if (value == 0)
        {
            output.Add((byte)'0');
            return;
        }
        if (value < 0)
            output.Add((byte)'-');
        Span<byte> digits = stackalloc byte[17];
        var (count, point) = Shortest(Math.Abs(value), digits);
        Lay(digits[..count], point, output);
    }

    private static bool IsPlain(ReadOnlySpan<byte> text)
    {
        var digits = text[0] == '-' ? text[1..] : text;
        return digits.Length <= PlainDigits
                && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
                && digits[0] != '0'
            || text.SequenceEqual("0"u8);
    }

    // .NET's round-trip format has the digits ECMAScript wants, but lays them out in another way.
    private static (int Count, int Point) Shortest(double value, Span<byte> digits)
    {
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        var (count, point, exponent, seenPoint) = (0, 0, 0, false);
        for (var i = 0; i < length; i++)
        {
            if (text[i] == 'E')
            {
                exponent = int.Parse(
                    text[(i + 1)..length],
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture
                );
                break;
            }
            if (text[i] == '.')
                seenPoint = true;
            else if (count > 0 || text[i] != '0')
                digits[count++] = text[i];
            else if (seenPoint)
                point--;
            if (!seenPoint && count > 0)
                point = count;
        }
        while (digits[count - 1] == '0')
            count--;
        return (count, point + exponent);
    }

    // ECMA-262, Number::toString: point is where the decimal point stands, counted from the first digit.
    private static void Lay(ReadOnlySpan<byte> digits, int point, ByteBuffer output)
    {
        if (digits.Length <= point && point <= 21)
        {
            output.Add(digits);
            Zeros(point - digits.Length, output);
        }
        else if (point is > 0 and <= 21)
        {
            output.Add(digits[..point]);
            output.Add((byte)'.');
            output.Add(digits[point..]);
        }
        else if (point is > -6 and <= 0)
        {
            output.Add("0."u8);
            Zeros(-point, output);
            output.Add(digits);
        }
        else
            Scientific(digits, point - 1, output);
    }

    private static void Scientific(ReadOnlySpan<byte> digits, int exponent, ByteBuffer output)
    {
        output.Add(digits[0]);
        if (digits.Length > 1)
        {
            output.Add((byte)'.');
            output.Add(digits[1..]);
        }
        output.Add(exponent < 0 ? "e-"u8 : "e+"u8);
        output.Add(Encoding.ASCII.GetBytes(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture)));
    }

    private static void Zeros(int count, ByteBuffer output)
    {
        for (var i = 0; i < count; i++)
            output.Add((byte)'0');
    }
}
