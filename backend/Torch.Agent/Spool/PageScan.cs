using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Torch.Agent.Spool;

/// <summary>
/// Finds records in the raw pages of a spool's file and its write-ahead log, for when SQLite itself cannot find its way any more. Whatever
/// the pages say, only what passes a record's own checksum comes out; the same record may come more than once.
/// </summary>
/// <remarks>Layout: https://www.sqlite.org/fileformat2.html, sections 1.6 (b-tree pages), 2.1 (records) and 4.1 (WAL).</remarks>
internal sealed class PageScan(Stream file, Stream? log)
{
    private const int Page = SpoolDatabase.PageBytes;
    private const int LogHeader = 32;
    private const int FrameHeader = 24;
    private const byte TableLeaf = 0x0d;
    private const int Columns = 7;

    // Payload beyond it spills to overflow pages.
    private const int MostLocal = Page - 35;
    private const int LeastLocal = ((Page - 12) * 32 / 255) - 23;

    // No result is larger; a damaged length must not make us read for ever.
    private const int MostPayload = 16 << 20;

    private readonly Dictionary<long, long> _newest = [];

    /// <summary>Records of the write-ahead log and of the file.</summary>
    public IEnumerable<SpoolRecord> Records()
    {
        var page = new byte[Page];
        foreach (var at in LogPages())
            if (Fill(log!, at, page))
                foreach (var record in Leaf(page, 0))
                    yield return record;
        for (long number = 1; (number - 1) * Page < file.Length; number++)
            if (Fill(file, (number - 1) * Page, page))
                foreach (var record in Leaf(page, number == 1 ? 100 : 0))
                    yield return record;
    }

    private IEnumerable<long> LogPages()
    {
        var header = new byte[4];
        for (long frame = LogHeader; log is not null && frame + FrameHeader < log.Length; frame += FrameHeader + Page)
        {
            if (Fill(log, frame, header))
                _newest[BinaryPrimitives.ReadUInt32BigEndian(header)] = frame + FrameHeader;
            yield return frame + FrameHeader;
        }
    }

    private IEnumerable<SpoolRecord> Leaf(byte[] page, int header)
    {
        if (page[header] != TableLeaf)
            yield break;
        var cells = Math.Min((int)BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(header + 3)), Page / 2);
        for (var cell = 0; cell < cells && header + 10 + (cell * 2) <= Page; cell++)
            if (Cell(page, BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(header + 8 + (cell * 2)))) is { } record)
                yield return record;
    }

    private SpoolRecord? Cell(byte[] page, int at)
    {
        if (at >= Page - 20)
            return null;
        var length = Varint(page, ref at);
        var offset = Varint(page, ref at);
        if (length is < Columns or > MostPayload || at >= Page)
            return null;
        return Payload(page, at, (int)length) is { } payload ? Record(offset, payload) : null;
    }

    private byte[]? Payload(byte[] page, int at, int length)
    {
        var local = length <= MostLocal ? length : LeastLocal + ((length - LeastLocal) % (Page - 4));
        if (local > MostLocal)
            local = LeastLocal;
        if (at + local + (local < length ? 4 : 0) > Page)
            return null;
        var payload = new byte[length];
        page.AsSpan(at, local).CopyTo(payload);
        var next = local < length ? BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(at + local)) : 0;
        var overflow = new byte[Page];
        for (var filled = local; filled < length; )
        {
            if (next == 0 || !Overflow(next, overflow))
                return null;
            var part = Math.Min(length - filled, Page - 4);
            overflow.AsSpan(4, part).CopyTo(payload.AsSpan(filled));
            filled += part;
            next = BinaryPrimitives.ReadUInt32BigEndian(overflow);
        }
        return payload;
    }

    private bool Overflow(long number, byte[] into) =>
        _newest.TryGetValue(number, out var frame) ? Fill(log!, frame, into) : Fill(file, (number - 1) * Page, into);

    private static SpoolRecord? Record(long offset, byte[] payload)
    {
        var at = 0;
        var end = Varint(payload, ref at);
        var values = new Value[Columns];
        var start = end;
        for (var column = 0; column < Columns; column++)
        {
            if (at >= end || end > payload.Length)
                return null;
            values[column] = new Value(Varint(payload, ref at), start);
            start += values[column].Length;
        }
        if (start > payload.Length || start < 0)
            return null;
        return Record(offset, payload, values);
    }

    private static SpoolRecord? Record(long offset, byte[] payload, Value[] values)
    {
        if (values[1].Length != 16 || values[2].Length != 16 || !values[6].IsBlob)
            return null;
        var ticks = values[3].Number(payload);
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks)
            return null;
        var record = new SpoolRecord(
            offset,
            new Guid(values[1].Bytes(payload)),
            new Guid(values[2].Bytes(payload)),
            new DateTimeOffset(ticks, TimeSpan.Zero),
            values[4].Number(payload) == 1,
            values[6].Bytes(payload).ToArray()
        );
        return record.Checksum == values[5].Number(payload) ? record : null;
    }

    private static bool Fill(Stream from, long at, byte[] into)
    {
        if (at < 0 || at + into.Length > from.Length)
            return false;
        from.Position = at;
        return from.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) == into.Length;
    }

    private static long Varint(byte[] bytes, ref int at)
    {
        long value = 0;
        for (var i = 0; i < 9 && at < bytes.Length; i++)
        {
            var part = bytes[at++];
            if (i == 8)
                return (value << 8) | part;
            value = (value << 7) | (uint)(part & 0x7f);
            if (part < 0x80)
                return value;
        }
        return value;
    }

    /// <summary>A column by its serial type.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Value(long Type, long Start)
    {
        private static readonly int[] Lengths = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0];

        // What a damaged type claims is held against the payload's length by the caller.
        public long Length =>
            Type is >= 0 and < 12 ? Lengths[Type]
            : Type is >= 12 and < MostPayload ? (Type - 12) / 2
            : MostPayload;

        public bool IsBlob => Type >= 12 && Type % 2 == 0;

        public ReadOnlySpan<byte> Bytes(byte[] payload) => payload.AsSpan((int)Start, (int)Length);

        public long Number(byte[] payload)
        {
            if (Type is 8 or 9)
                return Type - 8;
            if (Type is < 1 or > 6)
                return -1;
            var bytes = Bytes(payload);
            long number = (sbyte)bytes[0];
            foreach (var part in bytes[1..])
                number = (number << 8) | part;
            return number;
        }
    }
}
