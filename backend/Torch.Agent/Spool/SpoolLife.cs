namespace Torch.Agent.Spool;

/// <summary>
/// What one run of an agent has written: its offsets belong to an id of its own. Whoever opens the file begins a new life, so an
/// offset of a life means one result for ever, in every copy of the file and after every restore.
/// </summary>
/// <param name="First">Its first offset. Offsets ascend over lives, so it ends before the next one begins.</param>
internal sealed record SpoolLife(Guid Id, long First)
{
    public uint Checksum => new Checksum().Add(First).Add(Id).Value;

    /// <summary>When it began, as its UUIDv7 says.</summary>
    public DateTimeOffset BeganAt
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Id.TryWriteBytes(bytes, bigEndian: true, out _);
            long ms = 0;
            foreach (var part in bytes[..6])
                ms = (ms << 8) | part;
            return ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
                : DateTimeOffset.UnixEpoch;
        }
    }
}

/// <summary>Results of one check that were dropped at the cap, told to the server by the delivery that passes <paramref name="Last"/>.</summary>
/// <param name="First">Offsets missing between it and <paramref name="Last"/> are no damage.</param>
internal sealed record SpoolDrop(
    long First,
    long Last,
    Guid CheckId,
    DateTimeOffset From,
    DateTimeOffset To,
    long Results
)
{
    public uint Checksum =>
        new Checksum().Add(First).Add(Last).Add(CheckId).Add(From.UtcTicks).Add(To.UtcTicks).Add(Results).Value;

    /// <summary>One per check, all over the same span of offsets.</summary>
    public static IReadOnlyList<SpoolDrop> Of(IReadOnlyList<SpoolRecord> dropped) =>
        [
            .. dropped
                .GroupBy(record => record.CheckId)
                .Select(check => new SpoolDrop(
                    dropped[0].Offset,
                    dropped[^1].Offset,
                    check.Key,
                    check.Min(record => record.At),
                    check.Max(record => record.At),
                    check.Count()
                )),
        ];
}
