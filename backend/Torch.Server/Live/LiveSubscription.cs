using System.Threading.Channels;

namespace Torch.Server.Live;

/// <summary>One client's buffer. When it overflows, it ends: the client is told to fetch anew instead of being fed from a heap.</summary>
internal sealed class LiveSubscription(LiveFilter filter, long from, Action<LiveSubscription> onDispose) : IDisposable
{
    /// <summary>Events that may wait for a slow client.</summary>
    public const int Capacity = 1_000;

    private readonly Channel<LiveEvent> _events = Channel.CreateBounded<LiveEvent>(
        new BoundedChannelOptions(Capacity) { SingleReader = true }
    );

    /// <summary>What comes after this position arrives here; what came before is the catch-up's.</summary>
    public long From => from;

    public LiveFilter Filter => filter;

    /// <summary>Ends when the client has to fetch anew.</summary>
    public ChannelReader<LiveEvent> Events => _events.Reader;

    public void Offer(LiveEvent live)
    {
        if (live.Position > from && filter.Wants(live) && !_events.Writer.TryWrite(live))
            End();
    }

    /// <summary>Makes the client fetch anew.</summary>
    public void End() => _events.Writer.TryComplete();

    public void Dispose() => onDispose(this);
}
