namespace Torch.Domain.Rollups;

/// <summary>Integers in 7 bits a byte, the lowest first; signed ones zigzag, so that small ones are short.</summary>
internal sealed class VarintWriter
{
    private readonly List<byte> _bytes = [];

    public void Unsigned(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }

    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public byte[] ToArray() => [.. _bytes];
}

/// <inheritdoc cref="VarintWriter"/>
internal ref struct VarintReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public ulong Unsigned()
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var next = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
            shift += 7;
        }
    }

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }
}
