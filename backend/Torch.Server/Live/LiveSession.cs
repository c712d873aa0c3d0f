using System.Globalization;
using Torch.EventStore;

namespace Torch.Server.Live;

/// <summary>
/// One client's stream: hello, then what it missed from the log, then live. The subscription stands before the log is read, and
/// parts the two by position, so that nothing is missed and nothing comes twice.
/// </summary>
internal sealed class LiveSession(LiveHub hub, LiveTranslation translation, IEventLog log, TimeProvider time)
{
    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan OncePerCheck = TimeSpan.FromSeconds(1);
    private const int PageSize = 1_000;

    private readonly Dictionary<Guid, DateTimeOffset> _sentAt = [];

    /// <summary>Runs until the client leaves, the server stops, or the client has to fetch anew, which it is told by <c>reset</c>.</summary>
    /// <param name="after">What the client has; null to begin now.</param>
    public async Task RunAsync(
        EventStreamWriter stream,
        LiveFilter filter,
        long? after,
        CancellationToken cancellationToken
    )
    {
        using var live = hub.Subscribe(filter);
        var from = after ?? live.From;
        stream.Write(Math.Min(from, live.From), "hello", Data(live.From));
        await stream.FlushAsync(cancellationToken);
        if (after > await log.HeadAsync(cancellationToken))
        {
            // A client from before a restore: whatever it shows is of another log.
            await ResetAsync(stream, live.From, cancellationToken);
            return;
        }
        if (!await CatchUpAsync(stream, filter, from, live.From, cancellationToken))
            return;
        await FollowAsync(stream, live, from, cancellationToken);
    }

    private async Task<bool> CatchUpAsync(
        EventStreamWriter stream,
        LiveFilter filter,
        long after,
        long through,
        CancellationToken cancellationToken
    )
    {
        if (after >= through)
            return true;
        if (await MissedAsync(filter, after, through, cancellationToken) is not { } missed)
        {
            await ResetAsync(stream, through, cancellationToken);
            return false;
        }
        foreach (var live in missed.Where(filter.Wants))
            Send(stream, live);
        await stream.FlushAsync(cancellationToken);
        return true;
    }

    // More than a buffer would hold is not worth replaying: the client reads the tables instead.
    private async Task<IReadOnlyList<LiveEvent>?> MissedAsync(
        LiveFilter filter,
        long after,
        long through,
        CancellationToken cancellationToken
    )
    {
        var withObservations = filter.Kinds.Contains(LiveFilter.Observation);
        var types = withObservations
            ? [.. LiveTranslation.JournalTypes, .. LiveTranslation.TelemetryTypes]
            : LiveTranslation.JournalTypes;
        var read = new PageRead(after, PageSize, withObservations ? null : Log.Journal, types);
        var page = await log.ReadPageAsync(read, cancellationToken);
        var events = page.Events.Where(e => e.Position <= through).ToList();
        if (page.Through < through && !page.IsLive)
            return null;
        return await translation.TranslateAsync(events, withObservations, cancellationToken);
    }

    private async Task FollowAsync(
        EventStreamWriter stream,
        LiveSubscription live,
        long after,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var position = Math.Max(hub.Position, after);
            if (Drain(stream, live, after))
                await stream.FlushAsync(cancellationToken);
            switch (await WaitAsync(live, cancellationToken))
            {
                case false:
                    await ResetAsync(stream, position, cancellationToken);
                    return;
                case null:
                    // Read before the buffer was found empty: everything up to it has been sent.
                    stream.Write(position, "alive", Data(position));
                    await stream.FlushAsync(cancellationToken);
                    break;
            }
        }
    }

    private bool Drain(EventStreamWriter stream, LiveSubscription live, long after)
    {
        var sent = false;
        while (live.Events.TryRead(out var next))
            if (next.Position > after)
            {
                Send(stream, next);
                sent = true;
            }
        return sent;
    }

    /// <summary>True when there is something to send, false when the buffer has overflowed, null after 15 quiet seconds.</summary>
    private async Task<bool?> WaitAsync(LiveSubscription live, CancellationToken cancellationToken)
    {
        using var quiet = new CancellationTokenSource(AliveEvery, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancellationToken);
        try
        {
            return await live.Events.WaitToReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    // At most one observation per check and second; transitions and structure always.
    private void Send(EventStreamWriter stream, LiveEvent live)
    {
        if (string.Equals(live.Kind, LiveFilter.Observation, StringComparison.Ordinal))
        {
            var now = time.GetUtcNow();
            if (_sentAt.TryGetValue(live.Subject, out var sent) && now - sent < OncePerCheck)
                return;
            _sentAt[live.Subject] = now;
        }
        stream.Write(live.Position, live.Kind, live.Json);
    }

    private static async Task ResetAsync(EventStreamWriter stream, long position, CancellationToken cancellationToken)
    {
        stream.Write(position, "reset", Data(position));
        await stream.FlushAsync(cancellationToken);
    }

    private static string Data(long position) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"position\":{position}}}");
}
