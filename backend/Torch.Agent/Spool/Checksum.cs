using System.Buffers.Binary;
using System.Numerics;

namespace Torch.Agent.Spool;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4) over the parts of a row.</summary>
internal struct Checksum()
{
    private uint _crc = uint.MaxValue;

    public readonly uint Value => ~_crc;

    public Checksum Add(long number)
    {
        _crc = BitOperations.Crc32C(_crc, (ulong)number);
        return this;
    }

    public Checksum Add(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return Add(bytes);
    }

    public Checksum Add(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
            _crc = BitOperations.Crc32C(_crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var single in bytes)
            _crc = BitOperations.Crc32C(_crc, single);
        return this;
    }
}
