using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Torch.Agent.Spool;

/// <summary>What the disk is to have next.</summary>
/// <param name="Mark">What the mark says once it has.</param>
internal sealed record SpoolWork(
    IReadOnlyList<HeldResult> Results,
    IReadOnlyList<SpoolDrop> Drops,
    SpoolLife? OldestLife,
    SpoolMark? Mark
)
{
    public static readonly SpoolWork None = new([], [], null, null);

    /// <summary>The server has everything up to it.</summary>
    public long Settled => Mark?.Settled ?? 0;
}

/// <summary>The one thread that writes a spool's file: opens it, commits what has come in, collects, and begins anew where it is damaged.</summary>
internal sealed class SpoolWriter : IDisposable
{
    private const int MostAtOnce = 5_000;

    private readonly DiskSpool _spool;
    private readonly SpoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SpoolOpening _opening;
    private readonly Thread _thread;
    private readonly AutoResetEvent _wake = new(false);
    private SpoolDatabase? _database;
    private SpoolCollector? _collector;
    private FileStream? _mark;
    private long _committedAt;
    private long _collectedAt;
    private long? _damagedAt;
    private long _markedSettled;
    private volatile bool _isStopping;

    public SpoolWriter(DiskSpool spool, SpoolOptions options, TimeProvider time, ILogger log)
    {
        (_spool, _options, _time, _log) = (spool, options, time, log);
        _opening = new SpoolOpening(options.File, log);
        _thread = new Thread(Run) { Name = "torch-spool", IsBackground = true };
    }

    public void Start() => _thread.Start();

    public void Wake() => _wake.Set();

    /// <summary>Writes what waits; what the disk refuses then is lost with the process.</summary>
    public void Dispose()
    {
        _isStopping = true;
        Wake();
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        var isBusy = true;
        while (!_isStopping)
        {
            if (!isBusy)
                _wake.WaitOne(_options.Tick);
            isBusy = Step();
        }
        while (Step()) { }
        Close();
    }

    /// <returns>True where there is more to do at once.</returns>
    private bool Step()
    {
        try
        {
            if (_spool.NeedsRepair)
                Renew();
            Open();
            if (_options.Room is { } room)
                _database!.LimitTo(room());
            return Write() | Collect();
        }
        catch (SqliteException fault) when (fault.IsDamage() && _database is not null)
        {
            _log.LogError(fault, "The spool {File} is damaged", _options.File);
            _spool.Closing();
            var isAgain = _damagedAt is { } last && _time.GetElapsedTime(last) < _options.Tick;
            _damagedAt = _time.GetTimestamp();
            // What a repair does not mend at once is no matter for another try at once.
            return isAgain ? Refuse(fault) : true;
        }
        catch (Exception fault)
        {
            // Whatever it is, the agent goes on in memory, says so, and tries again.
            return Refuse(fault);
        }
    }

    private bool Refuse(Exception fault)
    {
        _spool.NextWork(0);
        _spool.Refused(fault.Message);
        if (!_isStopping)
            Thread.Sleep(_options.Tick);
        return false;
    }

    private void Open()
    {
        if (_database is not null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(_options.File)!);
        var opened = _opening.Open(_spool.Id, _spool.Life);
        _database = opened.Database;
        _collector = new SpoolCollector(opened.Database, _options.MaxBytes);
        _spool.Opened(opened);
    }

    private void Renew()
    {
        _spool.Closing();
        Close();
        _opening.SetAside();
    }

    private void Close()
    {
        _spool.Closing();
        _database?.Dispose();
        _database = null;
        _mark?.Dispose();
        _mark = null;
    }

    private bool Write()
    {
        var work = _spool.NextWork(MostAtOnce);
        // While the disk refuses, it is tried with nothing to write as well: it shows when it takes something again.
        if (work.Results.Count == 0 && work.Drops.Count == 0 && !_spool.IsRefused)
        {
            if (work.Settled != _markedSettled)
                Mark(work.Mark!);
            return false;
        }
        Gather();
        work = _spool.NextWork(MostAtOnce);
        _database!.Commit(() =>
        {
            foreach (var held in work.Results)
                _database.Insert(held.ToWrite!);
            foreach (var drop in work.Drops)
                _database.Insert(drop);
            _database.Settle(work.Settled);
        });
        _committedAt = _time.GetTimestamp();
        // Before anybody is told that it is recorded.
        Mark(work.Mark!);
        _spool.Wrote(work);
        return work.Results.Count == MostAtOnce;
    }

    // The first result after a pause is written at once, those that follow soon share a commit.
    private void Gather()
    {
        var wait = _options.Gather - _time.GetElapsedTime(_committedAt);
        if (wait > TimeSpan.Zero && !_isStopping)
            Thread.Sleep(wait);
    }

    private void Mark(SpoolMark mark)
    {
        _mark ??= new FileStream(
            _opening.MarkPath,
            FileMode.OpenOrCreate,
            FileAccess.Write,
            FileShare.Read,
            bufferSize: 0
        );
        RandomAccess.Write(_mark.SafeFileHandle, mark.ToBytes(), 0);
        _markedSettled = mark.Settled;
    }

    private bool Collect()
    {
        var isDue = _time.GetElapsedTime(_collectedAt) >= _options.Tick;
        if (!isDue)
            return false;
        var isMore = false;
        if (_options.Collects)
        {
            var work = _spool.NextWork(0);
            isMore = _collector!.Delete(work.Settled, work.OldestLife!);
            isMore |= _collector.IsOverCap && _spool.Drop(_collector);
            if (!isMore)
                _collector.Reclaim();
        }
        if (isMore)
            return true;
        _spool.Measured(_database!.FileBytes);
        _collectedAt = _time.GetTimestamp();
        return false;
    }
}
