using Torch.EventStore;

namespace Torch.Server.Live;

/// <summary>
/// Hands the events that the read tables have reached to every stream. Fed by the projections after their commit, so that a client
/// that hears of a position can read it.
/// </summary>
internal sealed class LiveHub(ProjectionRunner runner, LiveTranslation translation) : IHostedService
{
    private readonly Lock _lock = new();
    private readonly List<LiveSubscription> _subscriptions = [];
    private IDisposable? _feed;
    private long _position;

    /// <summary>Everything up to it has been handed out; the runner's where nothing has been yet.</summary>
    public long Position
    {
        get
        {
            lock (_lock)
                return Position_NeedsLock();
        }
    }

    /// <summary>Streams that are open.</summary>
    public int Open
    {
        get
        {
            lock (_lock)
                return _subscriptions.Count;
        }
    }

    public LiveSubscription Subscribe(LiveFilter filter)
    {
        lock (_lock)
        {
            var subscription = new LiveSubscription(filter, Position_NeedsLock(), Remove);
            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _feed = runner.OnApplied(PublishAsync);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _feed?.Dispose();
        return Task.CompletedTask;
    }

    // Nobody who subscribes while a batch is being translated misses it: such a client stands before it and is on the list below.
    private async ValueTask PublishAsync(AppliedBatch batch)
    {
        translation.Note(batch.Events);
        if (PassesUnheard(batch))
            return;
        try
        {
            var withObservations = false;
            while (!TryOffer(await TranslateAsync(batch, withObservations), withObservations))
                withObservations = true;
        }
        catch
        {
            // Rather fetch anew than miss something.
            EndAll();
            throw;
        }
        finally
        {
            MoveTo(batch.Position);
        }
    }

    private void EndAll()
    {
        lock (_lock)
            foreach (var subscription in _subscriptions)
                subscription.End();
    }

    private Task<IReadOnlyList<LiveEvent>> TranslateAsync(AppliedBatch batch, bool withObservations) =>
        translation.TranslateAsync(batch.Events, withObservations, CancellationToken.None);

    private bool PassesUnheard(AppliedBatch batch)
    {
        lock (_lock)
        {
            if (_subscriptions.Count > 0)
                return false;
            _position = batch.Position;
            return true;
        }
    }

    // Observations are many and few want them: they are translated when somebody does.
    private bool TryOffer(IReadOnlyList<LiveEvent> events, bool withObservations)
    {
        lock (_lock)
        {
            if (!withObservations && _subscriptions.Exists(s => s.Filter.Kinds.Contains(LiveFilter.Observation)))
                return false;
            foreach (var subscription in _subscriptions)
            foreach (var live in events)
                subscription.Offer(live);
            return true;
        }
    }

    private void MoveTo(long position)
    {
        lock (_lock)
            _position = position;
    }

    // Before the first batch the runner's position is the one: what it stands at was announced to nobody and concerns nobody here.
    private long Position_NeedsLock() => _position > 0 ? _position : runner.Position;

    private void Remove(LiveSubscription subscription)
    {
        lock (_lock)
            _subscriptions.Remove(subscription);
    }
}
