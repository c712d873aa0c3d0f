using Torch.Contracts;

namespace Torch.Agent.Spool;

/// <summary>A result that is in memory, whether or not it is on the disk as well.</summary>
internal sealed class HeldResult(SpoolRecord record, ProbeCompleted result)
{
    public long Offset { get; } = record.Offset;
    public ProbeCompleted Result { get; } = result;
    public bool IsGood { get; } = record.IsGood;

    /// <summary>What a result takes beside its body, in memory and on its way.</summary>
    public const int Overhead = 400;

    /// <summary>About what it takes in memory.</summary>
    public long Bytes { get; } = record.Body.Length + Overhead;

    /// <summary>What the disk is to have; null once it does.</summary>
    public SpoolRecord? ToWrite { get; set; } = record;
}

/// <summary>
/// Who stands where in a spool: the lives and their offsets, what is on the disk, what is in memory, what was dropped and how far the
/// server has come. No I/O, no clock, no lock: <see cref="DiskSpool"/> guards it.
/// </summary>
/// <param name="heldBytes">What is recorded and lies in memory as well, to spare the way over the disk, takes no more than this.</param>
internal sealed class SpoolLedger(OpenSpool opened, long heldBytes)
{
    private const int ManyDrops = 10_000;

    private readonly Queue<HeldResult> _held = [];
    private readonly Queue<HeldResult> _toWrite = [];
    private readonly List<SpoolDrop> _dropsToWrite = [];
    private List<SpoolLife> _lives = [.. opened.Lives];
    private List<SpoolDrop> _drops = [.. opened.Drops];
    private long _heldBytes;
    private int _mostDrops = ManyDrops;
    private (Guid Life, long Offset) _answered;

    public SpoolLife Life => _lives[^1];

    /// <summary>The last offset given.</summary>
    public long Last { get; private set; } = opened.Lives[^1].First - 1;

    /// <summary>The last offset that is on the disk, or that need not be any more.</summary>
    public long Recorded { get; private set; } = opened.Lives[^1].First - 1;

    /// <summary>The server has everything up to it.</summary>
    public long Settled { get; private set; } = opened.Settled;

    /// <summary>Everything behind it is in memory; what is before must be read from the disk.</summary>
    public long HeldAfter { get; private set; } = opened.Lives[^1].First - 1;

    /// <summary>The furthest offset that a delivery has named: what is before it may be at the server already.</summary>
    public long Handed { get; private set; }

    /// <summary>Results that wait for the server.</summary>
    public long Waiting => Last - Settled - _drops.Sum(drop => drop.Results);

    /// <summary>Drops that the disk does not know of.</summary>
    public IReadOnlyList<SpoolDrop> DropsToWrite => [.. _dropsToWrite];

    public bool HasToWrite => _toWrite.Count > 0 || _dropsToWrite.Count > 0;

    public long UnrecordedBytes => _toWrite.Sum(held => held.Bytes);

    public DateTimeOffset? OldestHeldAt => _held.TryPeek(out var oldest) ? oldest.Result.At : null;

    /// <summary>The oldest life of which the server may lack something.</summary>
    public SpoolLife OldestLife => LifeOf(Settled + 1);

    public void Add(ProbeCompleted result)
    {
        var held = new HeldResult(SpoolRecord.Of(++Last, Life.Id, result), result);
        _held.Enqueue(held);
        _toWrite.Enqueue(held);
        _heldBytes += held.Bytes;
    }

    /// <summary>The oldest that are not on the disk and still need to be.</summary>
    public IReadOnlyList<HeldResult> NextToWrite(int max)
    {
        while (_toWrite.TryPeek(out var held) && held.Offset <= Settled)
            _toWrite.Dequeue();
        return [.. _toWrite.Take(max)];
    }

    /// <summary>What the mark says once those are on the disk.</summary>
    public SpoolMark MarkAfter(IReadOnlyList<HeldResult> written) =>
        new(Life, Math.Max(Recorded, Furthest(written)), Settled);

    /// <summary>Those are on the disk now.</summary>
    public void Wrote(IReadOnlyList<HeldResult> written, IReadOnlyList<SpoolDrop> drops)
    {
        _dropsToWrite.RemoveRange(0, drops.Count);
        for (var i = 0; i < written.Count; i++)
        {
            written[i].ToWrite = null;
            _toWrite.Dequeue();
        }
        // What a full disk kept waiting may have had to be dropped: with nothing left to write, all is as it will be.
        Recorded = Math.Max(Recorded, _toWrite.TryPeek(out var next) ? next.Offset - 1 : Last);
        while (_heldBytes > heldBytes && _held.TryPeek(out var oldest) && oldest.ToWrite is null)
            Release();
    }

    /// <summary>The disk's file is new: what is in memory has to be written again.</summary>
    public void Renewed(OpenSpool reopened)
    {
        _lives = [.. reopened.Lives];
        _toWrite.Clear();
        foreach (var held in _held.Where(held => held.Offset > Settled))
        {
            held.ToWrite ??= SpoolRecord.Of(held.Offset, Life.Id, held.Result);
            _toWrite.Enqueue(held);
        }
        _dropsToWrite.Clear();
        _dropsToWrite.AddRange(_drops);
    }

    /// <summary>Drops the oldest good results that are only in memory, and others where those are not enough.</summary>
    /// <returns>How many.</returns>
    public int DropUnrecorded(long bytes)
    {
        var candidates = _toWrite.Where(held => held.Offset > Math.Max(Settled, Handed)).ToList();
        var chosen = new HashSet<HeldResult>();
        foreach (var held in candidates.Where(h => h.IsGood).Concat(candidates.Where(h => !h.IsGood)))
        {
            if (bytes <= 0)
                break;
            chosen.Add(held);
            bytes -= held.Bytes;
        }
        if (chosen.Count == 0)
            return 0;
        DropHeld([.. chosen.OrderBy(held => held.Offset).Select(held => held.ToWrite!)]);
        Keep(_held, held => !chosen.Contains(held));
        Keep(_toWrite, held => !chosen.Contains(held));
        _heldBytes -= chosen.Sum(held => held.Bytes);
        return chosen.Count;
    }

    /// <summary>Those were dropped from the disk, which knows.</summary>
    public void Dropped(IReadOnlyList<SpoolDrop> drops) => _drops.AddRange(drops);

    /// <summary>
    /// Drops that are better put together, so that they do not grow for as long as the server is away; none while they are few. Those
    /// that a delivery may have told already stay as they are.
    /// </summary>
    public IReadOnlyList<SpoolDrop> DropsToMerge() =>
        _drops.Count > _mostDrops && _dropsToWrite.Count == 0
            ? [.. _drops.Where(drop => drop.Last > Math.Max(Settled, Handed))]
            : [];

    /// <summary>Those were put together on the disk.</summary>
    public void Merged(IReadOnlyList<SpoolDrop> drops, IReadOnlyList<SpoolDrop> merged)
    {
        _drops = [.. _drops.Except(drops), .. merged];
        _mostDrops = ManyDrops + (2 * _drops.Count);
    }

    /// <summary>The life to read from next and the last offset of it that is to be had now; null where nothing waits.</summary>
    /// <param name="isRefused">The disk refuses: what is only in memory may go out.</param>
    public (SpoolLife Life, long UpTo)? Next(bool isRefused)
    {
        var readable = isRefused ? Last : Recorded;
        if (Settled >= readable)
            return null;
        var life = OldestLife;
        return (life, life == Life ? readable : EndOf(life));
    }

    /// <summary>The next delivery, from memory.</summary>
    public ResultDelivery Held(SpoolLife life, long upTo, int max)
    {
        var waiting = _held.SkipWhile(h => h.Offset <= Settled).TakeWhile(h => h.Offset <= upTo);
        var (results, bytes) = (new List<HeldResult>(), 0L);
        foreach (var held in waiting.TakeWhile(_ => results.Count < max && bytes < SpoolPage.MostBytes))
        {
            results.Add(held);
            bytes += held.Bytes;
        }
        var isAll = results.Count < max && bytes < SpoolPage.MostBytes;
        var to = isAll ? upTo : results[^1].Offset;
        return Deliver(life, to, [.. results.Select(held => held.Result)], GapsUntil(to));
    }

    /// <summary>The next delivery, from what was read behind <see cref="Settled"/>.</summary>
    /// <param name="now">The damage was seen at this time.</param>
    public ResultDelivery Read(SpoolLife life, SpoolPage page, DateTimeOffset now)
    {
        var (records, to) = (page.Records.Where(r => r.SpoolId == life.Id).ToList(), page.UpTo);
        var results = records.Select(record => record.Result()).ToList();
        var whole = records.Where((_, i) => results[i] is not null).ToList();
        var damage = SpoolHoles.Find(whole, Math.Max(Settled, life.First - 1), to, _drops, life.BeganAt, now);
        IReadOnlyList<ResultGap> gaps = damage is null ? GapsUntil(to) : [.. GapsUntil(to), damage];
        return Deliver(life, to, [.. results.OfType<ProbeCompleted>()], gaps);
    }

    /// <summary>The server stands at that offset of a life.</summary>
    public void Settle(Guid life, long offset)
    {
        if (_lives.Find(known => known.Id == life) is not { } settled)
            return;
        _answered = (life, offset);
        MoveTo(Math.Clamp(offset, settled.First - 1, EndOf(settled)));
    }

    /// <summary>There is nothing to tell the server up to that offset.</summary>
    public void Skip(long offset) => MoveTo(offset);

    private void MoveTo(long offset)
    {
        Settled = offset;
        Recorded = Math.Max(Recorded, Settled);
        _drops.RemoveAll(drop => drop.Last <= Settled);
        var oldestLife = OldestLife;
        _lives.RemoveAll(known => known.First < oldestLife.First);
        while (_held.TryPeek(out var oldest) && oldest.Offset <= Settled)
            Release();
    }

    /// <summary>The last offset of a life so far.</summary>
    public long EndOf(SpoolLife life) => life == Life ? Last : _lives[_lives.IndexOf(life) + 1].First - 1;

    /// <summary>The life that an offset belongs to.</summary>
    public SpoolLife LifeOf(long offset) => _lives.FindLast(life => life.First <= offset) ?? _lives[0];

    private ResultDelivery Deliver(
        SpoolLife life,
        long to,
        IReadOnlyList<ProbeCompleted> results,
        IReadOnlyList<ResultGap> gaps
    )
    {
        Handed = Math.Max(Handed, to);
        // The server's own word comes first: of a rescued life it is not known where it began.
        var from =
            _answered.Life == life.Id ? _answered.Offset
            : Settled < life.First ? 0
            : Settled;
        return new ResultDelivery(life.Id, from, to, results, gaps);
    }

    private IReadOnlyList<ResultGap> GapsUntil(long to) =>
        SpoolGaps.Of(_drops.Where(drop => drop.Last > Settled && drop.Last <= to));

    private long Furthest(IReadOnlyList<HeldResult> written) =>
        written.Count == _toWrite.Count ? Last
        : written.Count == 0 ? Recorded
        : written[^1].Offset;

    private void DropHeld(IReadOnlyList<SpoolRecord> dropped)
    {
        var drops = SpoolDrop.Of(dropped);
        _drops.AddRange(drops);
        _dropsToWrite.AddRange(drops);
    }

    private void Release()
    {
        var released = _held.Dequeue();
        _heldBytes -= released.Bytes;
        HeldAfter = Math.Max(HeldAfter, released.Offset);
    }

    private static void Keep(Queue<HeldResult> queue, Func<HeldResult, bool> keeps)
    {
        var kept = queue.Where(keeps).ToList();
        queue.Clear();
        kept.ForEach(queue.Enqueue);
    }
}
