using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Torch.EventStore.Projecting;
using Torch.EventStore.Rebuilding;
using Torch.EventStore.Tailing;

namespace Torch.EventStore;

/// <summary>How a rebuild ended.</summary>
public enum RebuildOutcome
{
    /// <summary>The rebuilt tables are the live ones now.</summary>
    Swapped,

    /// <summary>Somebody cancelled it; the live tables are as they were.</summary>
    Cancelled,

    /// <summary>The rebuilt tables equalled the live ones, and are gone again.</summary>
    Equal,

    /// <summary>They did not.</summary>
    Different,
}

/// <summary>The state of the live and of the rebuilt tables at one position.</summary>
/// <param name="LiveHash">SHA-256 over all rows in the order of their primary keys.</param>
/// <param name="DifferentTable">The first table that differs, or null.</param>
/// <param name="DifferentKey">The primary key of the first row of it that does.</param>
public sealed record StateComparison(byte[] LiveHash, byte[] RebuiltHash, string? DifferentTable, string? DifferentKey)
{
    /// <summary>Whether live equals rebuilt.</summary>
    public bool IsEqual => LiveHash.AsSpan().SequenceEqual(RebuiltHash);
}

/// <summary>
/// Rebuilds projections beside their live tables. What is asked for stands in the database: any process that runs the projections takes
/// it up, and takes it up again after a crash.
/// </summary>
public sealed class ProjectionRebuilds
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _dataSource;
    private readonly IReadOnlyList<IProjection> _projections;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WakeUp _wakeUp;
    private bool _isSwept;

    /// <param name="dataSource">The log's database, where the read tables stand too.</param>
    public ProjectionRebuilds(
        NpgsqlDataSource dataSource,
        IReadOnlyList<IProjection> projections,
        TimeProvider? time = null,
        ILogger<ProjectionRebuilds>? logger = null
    )
    {
        (_dataSource, _projections, _time) = (dataSource, projections, time ?? TimeProvider.System);
        _logger = logger ?? NullLogger<ProjectionRebuilds>.Instance;
        _wakeUp = new WakeUp(_time);
    }

    /// <summary>Asks for a rebuild, which then takes the place of the live tables. False when one goes on already.</summary>
    public Task<bool> BeginAsync(IProjection projection, CancellationToken cancellationToken) =>
        AskAsync(projection, isVerification: false, cancellationToken);

    /// <summary>Asks for a rebuild that is only compared with the live tables. False when one goes on already.</summary>
    public Task<bool> VerifyAsync(IProjection projection, CancellationToken cancellationToken) =>
        AskAsync(projection, isVerification: true, cancellationToken);

    /// <summary>Ends a rebuild and removes what it has made. False when none goes on.</summary>
    public async Task<bool> CancelAsync(IProjection projection, CancellationToken cancellationToken)
    {
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        var target = FoldTarget.Shadow(projection);
        var position = await ShadowTables.PositionAsync(_dataSource, target, cancellationToken) ?? 0;
        if (
            !await RebuildResults.EndAsync(
                connection,
                projection.Name,
                RebuildOutcome.Cancelled,
                position,
                null,
                cancellationToken
            )
        )
            return false;
        await DropAsync(target, cancellationToken);
        return true;
    }

    /// <summary>Carries out what is asked for, one after the other, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = new Pause(_time);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(cancellationToken);
                pause.Reset();
                await _wakeUp.WaitAsync(Interval, cancellationToken);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                // Stopping: what is folded stays folded.
            }
            catch (Exception exception)
            {
                _logger.LogWarning("Rebuilds wait: {Reason}", exception.Message);
                await pause.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> AskAsync(IProjection projection, bool isVerification, CancellationToken cancellationToken)
    {
        var isNew = await RebuildTable.AddAsync(_dataSource, projection.Name, isVerification, cancellationToken);
        _wakeUp.Ring();
        return isNew;
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var rows = await RebuildTable.ListAsync(_dataSource, cancellationToken);
        if (!_isSwept)
            foreach (var projection in _projections)
                if (rows.TrueForAll(r => r.Projection != projection.Name))
                    await SweepAsync(FoldTarget.Shadow(projection), cancellationToken);
        _isSwept = true;
        foreach (var row in rows)
            if (_projections.FirstOrDefault(p => p.Name == row.Projection) is { } projection)
                await RunOneAsync(projection, row.IsVerification, cancellationToken);
    }

    private async Task RunOneAsync(IProjection projection, bool isVerification, CancellationToken cancellationToken)
    {
        try
        {
            await new RebuildRun(_dataSource, projection, _time, _logger).RunAsync(isVerification, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var surprise = DatabaseFaults.IsPassing(exception) ? null : exception;
            _logger.LogWarning(
                surprise,
                "The rebuild of {Projection} waits: {Reason}",
                projection.Name,
                exception.Message
            );
            await RebuildTable.SayAsync(_dataSource, projection.Name, ParkedEvents.Text(exception), cancellationToken);
        }
    }

    // A process that died while it cancelled has left them.
    private async Task SweepAsync(FoldTarget target, CancellationToken cancellationToken)
    {
        if (await ShadowTables.PositionAsync(_dataSource, target, cancellationToken) is not null)
            await DropAsync(target, cancellationToken);
    }

    private async Task DropAsync(FoldTarget target, CancellationToken cancellationToken)
    {
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ShadowTables.DropAsync(connection, target, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
