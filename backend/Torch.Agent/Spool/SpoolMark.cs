using System.Buffers.Binary;

namespace Torch.Agent.Spool;

/// <summary>
/// How far the spool was written, in a small file beside it. SQLite takes a damaged write-ahead log for one that ended earlier; by the
/// mark it shows that results are missing. Never forced to disk: after a power failure it may be older than the spool, which is no harm.
/// </summary>
/// <param name="Life">The life that wrote it.</param>
/// <param name="Last">The last offset recorded.</param>
/// <param name="Settled">The offset up to which the server has everything.</param>
internal sealed record SpoolMark(SpoolLife Life, long Last, long Settled)
{
    private const int Length = 48;

    /// <summary>Null where there is none, or where it is damaged.</summary>
    public static SpoolMark? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < Length || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(40)) != Crc(bytes))
            return null;
        return new SpoolMark(new SpoolLife(new Guid(bytes.AsSpan(0, 16)), Number(16)), Number(24), Number(32));

        long Number(int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Life.Id.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), Life.First);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), Last);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), Settled);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(40), Crc(bytes));
        return bytes;
    }

    private static uint Crc(byte[] bytes) => new Checksum().Add(bytes.AsSpan(0, 40)).Value;
}
