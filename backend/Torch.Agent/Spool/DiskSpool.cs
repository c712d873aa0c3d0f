using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Torch.Agent.Export;
using Torch.Contracts;

namespace Torch.Agent.Spool;

/// <summary>
/// Results on disk until the server has them. A result counts as recorded once its batch is committed, and only then it is delivered;
/// while the disk refuses, results stay in memory and are delivered from there.
/// </summary>
/// <remarks>
/// One thread writes (<see cref="SpoolWriter"/>). What it shares with the exporter is the ledger, under <c>_lock</c>; whoever reads the
/// file, or changes what a reader would take for damage, holds <c>_reading</c>, and takes it before <c>_lock</c>.
/// </remarks>
public sealed class DiskSpool : IResultBuffer, IDisposable
{
    // About what a result takes in memory.
    private const long BytesOfOne = 1_000;

    private readonly Lock _lock = new();
    private readonly Lock _reading = new();
    private readonly SpoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DiskSpool> _log;
    private readonly SpoolWriter _writer;
    private readonly List<ProbeCompleted> _incoming = [];
    private readonly MemoryBuffer _unopened;
    private TaskCompletionSource _any = NewSignal();
    private TaskCompletionSource _recorded = NewSignal();
    private SpoolLedger? _ledger;
    private SpoolReader? _reader;
    private SpoolCondition _condition = new(0, 0, null, 0, null);
    private string? _fault;
    private bool _isRepairing;
    private long _dropped;

    /// <summary>Opens the file, or makes it, on a thread of its own: results are taken at once.</summary>
    public DiskSpool(SpoolOptions options, TimeProvider time, ILogger<DiskSpool> log)
    {
        (_options, _time, _log) = (options, time, log);
        _unopened = new MemoryBuffer((int)Math.Max(1, options.MaxUnrecordedBytes / BytesOfOne));
        Id = Guid.CreateVersion7(time.GetUtcNow());
        _writer = new SpoolWriter(this, options, time, log);
        _writer.Start();
    }

    /// <summary>Of this run's results.</summary>
    public Guid Id { get; }

    public long Count
    {
        get
        {
            lock (_lock)
                return Waiting_NeedsLock;
        }
    }

    public long Dropped => Interlocked.Read(ref _dropped) + _unopened.Dropped;

    /// <summary>How it stands, at most a tick old.</summary>
    public SpoolCondition Condition
    {
        get
        {
            lock (_lock)
                return _condition with { Waiting = Waiting_NeedsLock, Dropped = Dropped, Fault = _fault };
        }
    }

    public void Add(ProbeCompleted result)
    {
        lock (_lock)
            _incoming.Add(result);
        _writer.Wake();
    }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _any.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Returns once what was added so far is recorded, or the disk has refused it.</summary>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_fault is not null || (_incoming.Count == 0 && _ledger is { HasToWrite: false }))
                return Task.CompletedTask;
            return _recorded.Task.WaitAsync(cancellationToken);
        }
    }

    public ResultDelivery? Peek(int max)
    {
        lock (_reading)
            while (true)
            {
                if (PeekOnce(max) is not { } delivery)
                    return null;
                if (delivery.Results.Count + delivery.Gaps.Count > 0)
                    return delivery;
                // Nothing is there and nothing lacks, such as behind what was dropped.
                lock (_lock)
                    _ledger!.Skip(delivery.To);
            }
    }

    public void Settle(ResultDelivery delivery, long offset)
    {
        lock (_lock)
        {
            if (delivery.SpoolId == _unopened.SpoolId)
                _unopened.Settle(delivery, offset);
            else
                _ledger?.Settle(delivery.SpoolId, offset);
            Signal_NeedsLock();
        }
    }

    /// <summary>Writes what waits and closes the file.</summary>
    public void Dispose() => _writer.Dispose();

    private ResultDelivery? PeekOnce(int max)
    {
        SpoolLife life;
        long upTo;
        long after;
        lock (_lock)
        {
            if (_unopened.Count > 0)
                return _unopened.Peek(max);
            if (_isRepairing || _ledger?.Next(_fault is not null) is not { } next)
                return null;
            (life, upTo) = next;
            if (_ledger.Settled >= _ledger.HeldAfter)
                return _ledger.Held(life, upTo, max);
            (after, upTo) = (_ledger.Settled, Math.Min(upTo, _ledger.HeldAfter));
        }
        return Read(after, upTo, max) is { } page ? Deliver(life, page) : null;
    }

    private ResultDelivery Deliver(SpoolLife life, SpoolPage page)
    {
        lock (_lock)
            return _ledger!.Read(life, page, _time.GetUtcNow());
    }

    private SpoolPage? Read(long after, long upTo, int max)
    {
        try
        {
            return _reader!.Read(after, upTo, max);
        }
        catch (SqliteException fault)
        {
            _log.LogError(fault, "The spool cannot be read");
            lock (_lock)
            {
                _isRepairing = fault.IsDamage();
                Signal_NeedsLock();
            }
            _writer.Wake();
            return null;
        }
    }

    /// <summary>The writer's side, called on its thread.</summary>
    internal void Opened(OpenSpool opened)
    {
        lock (_reading)
        {
            _reader = opened.Database.OpenReader();
            lock (_lock)
            {
                if (_ledger is null)
                    _ledger = new SpoolLedger(opened, Math.Min(8L << 20, _options.MaxBytes / 8));
                else
                    _ledger.Renewed(opened);
                _isRepairing = false;
                _incoming.InsertRange(0, _unopened.TakeBack());
                Signal_NeedsLock();
            }
        }
    }

    /// <summary>Closes the reader, so that the file can be set aside.</summary>
    internal void Closing()
    {
        lock (_reading)
        {
            _reader?.Dispose();
            _reader = null;
            lock (_lock)
            {
                _isRepairing = true;
                Signal_NeedsLock();
            }
        }
    }

    internal bool NeedsRepair
    {
        get
        {
            lock (_lock)
                return _isRepairing;
        }
    }

    internal bool IsRefused
    {
        get
        {
            lock (_lock)
                return _fault is not null;
        }
    }

    internal SpoolLife? Life
    {
        get
        {
            lock (_lock)
                return _ledger?.Life;
        }
    }

    /// <summary>Gives offsets to what has come in, and says what the disk is to have next.</summary>
    internal SpoolWork NextWork(int max)
    {
        lock (_lock)
        {
            if (_ledger is not { } ledger)
                return SpoolWork.None;
            _incoming.ForEach(ledger.Add);
            _incoming.Clear();
            var next = ledger.NextToWrite(max);
            return new SpoolWork(next, ledger.DropsToWrite, ledger.OldestLife, ledger.MarkAfter(next));
        }
    }

    /// <summary>The disk has it.</summary>
    internal void Wrote(SpoolWork work)
    {
        lock (_lock)
        {
            _ledger!.Wrote(work.Results, work.Drops);
            _fault = null;
            Signal_NeedsLock();
        }
    }

    /// <summary>The disk refuses: what waits in memory is kept within its bound.</summary>
    internal void Refused(string fault)
    {
        lock (_lock)
        {
            if (_fault is null)
                _log.LogError("The spool cannot be written ({Fault}): results stay in memory", fault);
            _fault = fault;
            Interlocked.Add(ref _dropped, DropInMemory_NeedsLock());
            Signal_NeedsLock();
        }
    }

    /// <summary>Drops from the disk while nobody reads there.</summary>
    internal bool Drop(SpoolCollector collector)
    {
        lock (_reading)
        {
            long after;
            long upTo;
            lock (_lock)
            {
                var ledger = _ledger!;
                after = Math.Max(ledger.Settled, ledger.Handed);
                upTo = Math.Min(ledger.EndOf(ledger.LifeOf(after + 1)), ledger.HeldAfter);
            }
            var drops = collector.Drop(after, upTo);
            Interlocked.Add(ref _dropped, drops.Sum(drop => drop.Results));
            lock (_lock)
                _ledger!.Dropped(drops);
            Merge(collector);
            return drops.Count > 0;
        }
    }

    private void Merge(SpoolCollector collector)
    {
        IReadOnlyList<SpoolDrop> drops;
        lock (_lock)
            drops = _ledger!.DropsToMerge();
        if (drops.Count == 0)
            return;
        var merged = collector.Merge(drops);
        lock (_lock)
            _ledger!.Merged(drops, merged);
    }

    internal void Measured(long bytes)
    {
        lock (_reading)
        {
            DateTimeOffset? oldest;
            long? unread = null;
            lock (_lock)
            {
                oldest = _ledger!.OldestHeldAt;
                if (_ledger.Settled < _ledger.HeldAfter)
                    unread = _ledger.Settled;
            }
            if (unread is { } after)
                oldest = _reader?.OldestAt(after) ?? oldest;
            lock (_lock)
                _condition = _condition with { Bytes = bytes, OldestAt = oldest };
        }
    }

    private long DropInMemory_NeedsLock()
    {
        if (_ledger is { } ledger)
        {
            var over = ledger.UnrecordedBytes - _options.MaxUnrecordedBytes;
            return over > 0 ? ledger.DropUnrecorded(over + (_options.MaxUnrecordedBytes / 10)) : 0;
        }
        // Not even opened yet: there are no offsets, so what comes waits, and leaves, under an id of its own.
        _incoming.ForEach(_unopened.Add);
        _incoming.Clear();
        return 0;
    }

    private long Waiting_NeedsLock => (_ledger?.Waiting ?? 0) + _incoming.Count + _unopened.Count;

    // Set while there is something to deliver: the exporter waits on it.
    private void Signal_NeedsLock()
    {
        var isAny = _unopened.Count > 0 || !_isRepairing && _ledger?.Next(_fault is not null) is not null;
        if (isAny)
            _any.TrySetResult();
        else if (_any.Task.IsCompleted)
            _any = NewSignal();
        if (_fault is not null || (_incoming.Count == 0 && _ledger is { HasToWrite: false }))
        {
            _recorded.TrySetResult();
            _recorded = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
