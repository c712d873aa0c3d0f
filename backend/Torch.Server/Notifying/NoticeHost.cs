using Npgsql;
using Torch.Domain;
using Torch.Domain.Notices;
using Torch.EventStore;
using Torch.Server.Evaluating;
using Torch.Server.Events;

namespace Torch.Server.Notifying;

/// <summary>
/// Decides what is told, on the server that leads. 1: fold the journal up to its head; nothing is decided, nothing sent. 2: claim the
/// checkpoint. 3: follow the tail; put what is to be told into the log, fenced by the version of the one stream of notices and by the
/// checkpoint; send it (<see cref="DeliveryLoop"/>). 4: on losing the lead, or a race for the stream, begin again. A rebuild or a replay of read tables
/// never comes by here.
/// </summary>
internal sealed class NoticeHost(
    NpgsqlDataSource db,
    IEventLog log,
    LogTail tail,
    Evaluation evaluation,
    ProjectionRunner projections,
    DeliveryLoop delivery,
    TimeProvider time,
    ILogger<NoticeHost> logger
) : BackgroundService
{
    public const string Projection = "Notices:All";

    private const int PageSize = 5_000;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private NoticePlaces? _places;
    private long _checkpoint;
    private DateTimeOffset _movedAt;
    private NoticeState? _state;

    /// <summary>How many messages wait to be sent; null where another server sends them.</summary>
    public int? Waiting => _state?.Waiting;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (evaluation.IsLeading)
                    await LeadAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.LogWarning("Notices pause: {Reason}", exception.Message);
                logger.LogDebug(exception, "Notices pause");
            }
            _state = null;
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LeadAsync(CancellationToken stoppingToken)
    {
        var state = new NoticeState(logger);
        _places = null;
        _checkpoint = await log.CheckpointAsync(Projection, stoppingToken);
        await CatchUpAsync(state, stoppingToken);
        await MoveAsync(state, [], 0, stoppingToken);
        _state = state;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task[] work =
        [
            FollowAsync(state, stop.Token),
            DecideAsync(state, stop.Token),
            delivery.RunAsync(state, stop.Token),
        ];
        try
        {
            await await Task.WhenAny(work);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(work).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task CatchUpAsync(NoticeState state, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = new PageRead(state.Position, PageSize, Log.Journal, NoticeState.Types);
            var page = await log.ReadPageAsync(read, cancellationToken);
            state.Fold(page);
            if (page.IsLive)
                return;
        }
    }

    private async Task FollowAsync(NoticeState state, CancellationToken cancellationToken)
    {
        await foreach (var page in tail.FollowAsync(state.Position, cancellationToken))
            state.Fold(page);
    }

    private async Task DecideAsync(NoticeState state, CancellationToken cancellationToken)
    {
        while (evaluation.IsLeading)
        {
            await Task.Delay(Step, time, cancellationToken);
            if (state.IsWaiting)
                await DecideOnceAsync(state, cancellationToken);
            else if (time.GetUtcNow() - _movedAt >= CheckpointEvery)
                await MoveAsync(state, [], 0, cancellationToken);
        }
    }

    private async Task DecideOnceAsync(NoticeState state, CancellationToken cancellationToken)
    {
        var places = await PlacesAsync(state, cancellationToken);
        var (notices, version, position) = state.Decide(time.GetUtcNow(), places);
        if (notices.Count == 0 && time.GetUtcNow() - _movedAt < CheckpointEvery)
            return;
        await MoveAsync(state, notices, version, cancellationToken, position);
        state.Raised(notices, version);
    }

    // Names and paths come from the read tables, which may be a moment behind.
    private async Task<NoticePlaces> PlacesAsync(NoticeState state, CancellationToken cancellationToken)
    {
        if (!state.TakeMoved() && _places is not null)
            return _places;
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await projections.WaitForAsync(state.Position, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Better a notice with an old name than none.
        }
        return _places = await NoticePlaces.LoadAsync(db, cancellationToken);
    }

    private async Task MoveAsync(
        NoticeState state,
        IReadOnlyList<NoticeRaised> notices,
        long version,
        CancellationToken cancellationToken,
        long? through = null
    )
    {
        var to = Math.Max(_checkpoint, through ?? state.Position);
        if (notices.Count == 0 && to == _checkpoint)
        {
            _movedAt = time.GetUtcNow();
            return;
        }
        var request = new AppendRequest
        {
            Streams = notices.Count == 0 ? [] : [Stream(notices, version)],
            Checkpoint = new CheckpointMove(Projection, _checkpoint, to),
        };
        if (await log.AppendAsync(request, cancellationToken) is not AppendOutcome.Appended)
            throw new InvalidOperationException("another server has decided what is told");
        (_checkpoint, _movedAt) = (to, time.GetUtcNow());
    }

    private static StreamAppend Stream(IReadOnlyList<NoticeRaised> notices, long version) =>
        new(
            Log.Journal,
            WellKnown.Notices,
            [.. notices.Select(n => EventCodec.Encode(n, Guid.CreateVersion7()))],
            "notices",
            version
        );
}
