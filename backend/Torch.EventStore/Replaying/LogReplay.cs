using System.Data;
using Npgsql;
using Torch.EventStore.Projecting;
using Torch.EventStore.Rebuilding;
using Torch.EventStore.Tailing;

namespace Torch.EventStore.Replaying;

/// <summary>What to replay.</summary>
/// <param name="From">The first position that is paced; what is before it is folded as fast as it goes.</param>
/// <param name="To">The last position; null for the log's head, where the result is compared with the live tables.</param>
/// <param name="Speed">How many seconds of the log in one; null for as fast as it goes.</param>
/// <param name="Keep">The tables stay, for whoever wants to look into them; the next replay replaces them.</param>
public sealed record ReplayOptions(long From = 1, long? To = null, double? Speed = null, bool Keep = false)
{
    /// <summary>Called after each page with the last position and its time.</summary>
    public Action<long, DateTimeOffset>? OnPage { get; init; }
}

/// <summary>What a replay came to.</summary>
/// <param name="Through">The last position that was folded.</param>
public sealed record ReplayReport(long Events, long Through, TimeSpan Took, IReadOnlyList<ReplayedState> States)
{
    /// <summary>Nothing differs from the live tables, as far as they were compared.</summary>
    public bool IsSound => States.All(s => s.IsEqual != false);
}

/// <summary>One projection's state.</summary>
/// <param name="Hash">SHA-256 over all rows in the order of their primary keys.</param>
/// <param name="LiveHash">Of the live tables at the same position; null where they stand elsewhere.</param>
public sealed record ReplayedState(string Projection, long Position, byte[] Hash, byte[]? LiveHash)
{
    /// <summary>Null where there was nothing to compare with.</summary>
    public bool? IsEqual => LiveHash is null ? null : Hash.AsSpan().SequenceEqual(LiveHash);
}

/// <summary>A replay cannot be made; the message is for people.</summary>
public sealed class ReplayException(string message) : Exception(message);

/// <summary>
/// Folds the log a second time into read tables of its own (schema <c>torch_replay</c>), beside the live ones and without touching them,
/// their checkpoints or the log: for audits, and to watch a past go by.
/// </summary>
public sealed class LogReplay(
    NpgsqlDataSource dataSource,
    IReadOnlyList<IProjection> projections,
    TimeProvider? time = null
)
{
    /// <summary>Where the tables stand.</summary>
    public const string Schema = "torch_replay";

    private const long Lock = 7_310_010_127;
    private const int PageSize = 10_000;
    private const int PacedPageSize = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Dictionary<string, long> _positions = new(StringComparer.Ordinal);
    private long _events;

    /// <exception cref="ReplayException">Another replay is going on, or what it needs was dropped.</exception>
    public async Task<ReplayReport> RunAsync(ReplayOptions options, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        await using var holding = await HoldAsync(cancellationToken);
        try
        {
            await BeginAsync(options, cancellationToken);
            var to = options.To ?? await HeadAsync(cancellationToken);
            await FoldAsync(Math.Min(options.From - 1, to), null, options, cancellationToken);
            await FoldAsync(to, options.Speed, options, cancellationToken);
            var states = options.To is null
                ? await CompareAsync(cancellationToken)
                : await HashAsync(cancellationToken);
            return new(_events, _positions.Values.Max(), _time.GetElapsedTime(began), states);
        }
        finally
        {
            if (!options.Keep)
                await ExecuteAsync($"drop schema if exists {Schema} cascade");
            await holding.ExecuteAsync("select pg_advisory_unlock($1)", [Lock], CancellationToken.None);
        }
    }

    private async Task<NpgsqlConnection> HoldAsync(CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Lock });
        if (await command.ExecuteScalarAsync(cancellationToken) is true)
            return connection;
        await connection.DisposeAsync();
        throw new ReplayException("another replay is going on in this database");
    }

    // Empty twins of the live tables, with what was sealed before its observations were dropped.
    private async Task BeginAsync(ReplayOptions options, CancellationToken cancellationToken)
    {
        await ExecuteAsync($"drop schema if exists {Schema} cascade; create schema {Schema}");
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var projection in projections)
        {
            foreach (var table in projection.Tables)
                await connection.ExecuteAsync(
                    "select torch_log.create_shadow($1, $2, $3)",
                    [ProjectionTarget.Live, Schema, table],
                    cancellationToken
                );
            var from = projection is ISealedProjection sealedOne
                ? await sealedOne.SeedAsync(new ProjectionTarget(connection, transaction, Schema), cancellationToken)
                : 0;
            if (from > options.To)
                throw new ReplayException(
                    $"the telemetry up to position {from} was sealed and may be dropped: replay to that position or a later one"
                );
            _positions[projection.Name] = from;
        }
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task FoldAsync(long to, double? speed, ReplayOptions options, CancellationToken cancellationToken)
    {
        var pace = new ReplayPace(_time, speed);
        await using var reader = new TailReader(
            dataSource,
            new PageRead(null, speed is null ? PageSize : PacedPageSize)
        );
        for (var position = _positions.Values.Min(); position < to; )
        {
            var page = RebuildRun.Cut(await reader.ReadAsync(position, cancellationToken), to);
            foreach (var part in pace.Parts(page.Events))
            {
                await pace.UntilAsync(part[0].Timestamp, cancellationToken);
                await ApplyAsync(part, part[^1].Position, cancellationToken);
                options.OnPage?.Invoke(part[^1].Position, part[^1].Timestamp);
            }
            position = page.Through;
            Move(position);
            if (page.IsLive)
                return;
        }
    }

    private void Move(long position)
    {
        foreach (var projection in projections)
            _positions[projection.Name] = Math.Max(_positions[projection.Name], position);
    }

    private async Task ApplyAsync(
        IReadOnlyList<RecordedEvent> events,
        long through,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var projection in projections)
        {
            var target = new FoldTarget(projection, projection.Name, Schema);
            var wanted = events.Where(e => e.Position > _positions[projection.Name] && target.Wants(e)).ToList();
            if (wanted.Count > 0)
                await projection.ApplyAsync(
                    new ProjectionBatch(connection, transaction, Schema, wanted),
                    cancellationToken
                );
        }
        await transaction.CommitAsync(cancellationToken);
        _events += events.Count;
        Move(through);
    }

    // Holds the live checkpoints until a snapshot is taken that sees both at one place; the hashes are computed in it.
    private async Task<IReadOnlyList<ReplayedState>> CompareAsync(CancellationToken cancellationToken)
    {
        var names = projections.Select(p => p.Name).ToArray();
        await WaitForLiveAsync(names, cancellationToken);
        await using var snapshot = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var seeing = await snapshot.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        Dictionary<string, long> live;
        await using (var held = await FoldSession.BeginAsync(dataSource, names, cancellationToken))
        {
            live = names.ToDictionary(n => n, held.PositionOf, StringComparer.Ordinal);
            await FoldAsync(live.Values.Max(), null, new ReplayOptions(), cancellationToken);
            await snapshot.ExecuteAsync(StateHash.Settings, [], cancellationToken);
            await snapshot.ExecuteAsync("select last_seq_id from journal.mt_event_progression", [], cancellationToken);
        }
        var states = new List<ReplayedState>();
        foreach (var projection in projections)
            states.Add(await StateAsync(snapshot, projection, live[projection.Name], cancellationToken));
        return states;
    }

    // The live tables may be behind the head that was folded to. Where no server runs they do not move: then there is nothing to compare with.
    private async Task WaitForLiveAsync(string[] names, CancellationToken cancellationToken)
    {
        var (wanted, seen, since) = (_positions.Values.Max(), -1L, _time.GetTimestamp());
        while (true)
        {
            var live = await LiveAsync(names, cancellationToken);
            if (live >= wanted || (live == seen && _time.GetElapsedTime(since) > Patience))
                return;
            if (live != seen)
                (seen, since) = (live, _time.GetTimestamp());
            await Task.Delay(Pause, _time, cancellationToken);
        }
    }

    private async Task<long> LiveAsync(string[] names, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "select coalesce(min(last_seq_id), 0) from journal.mt_event_progression where name = any($1)"
        );
        command.Parameters.Add(new NpgsqlParameter { Value = names });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<IReadOnlyList<ReplayedState>> HashAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(StateHash.Settings, [], cancellationToken);
        var states = new List<ReplayedState>();
        foreach (var projection in projections)
            states.Add(await StateAsync(connection, projection, null, cancellationToken));
        return states;
    }

    private async Task<ReplayedState> StateAsync(
        NpgsqlConnection connection,
        IProjection projection,
        long? live,
        CancellationToken cancellationToken
    )
    {
        var hash = new StateHash(connection);
        var position = _positions[projection.Name];
        return new(
            projection.Name,
            position,
            await hash.OfAsync(Schema, projection.Tables, cancellationToken),
            live == position ? await hash.OfAsync(ProjectionTarget.Live, projection.Tables, cancellationToken) : null
        );
    }

    private async Task<long> HeadAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select torch_log.head()");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
