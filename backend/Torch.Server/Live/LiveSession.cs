using System.Globalization;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Features;

namespace Torch.Server.Live;

/// <summary>
/// One client's stream: hello, then what it missed from the log, then live. The subscription stands before the log is read, and
/// parts the two by position, so that nothing is missed and nothing comes twice.
/// </summary>
internal sealed class LiveSession(
    LiveHub hub,
    LiveTranslation translation,
    IEventLog log,
    Structure structure,
    Sight sight,
    TimeProvider time
)
{
    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan OncePerCheck = TimeSpan.FromSeconds(1);
    private const int PageSize = 1_000;

    private readonly Dictionary<Guid, DateTimeOffset> _sentAt = [];
    private Sight _sight = sight;
    private long _sightOf = -1;

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
            await OfferAsync(stream, live, filter, cancellationToken);
        // What they saw when they left is not known here: among what they do not see may be what was taken from their sight.
        if (missed.Any(e => IsStructure(e) && !e.IsIn(_sight)))
            SendElsewhere(stream, through, filter);
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
            if (await DrainAsync(stream, live, after, cancellationToken))
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

    private async Task<bool> DrainAsync(
        EventStreamWriter stream,
        LiveSubscription live,
        long after,
        CancellationToken cancellationToken
    )
    {
        var sent = false;
        while (live.Events.TryRead(out var next))
            if (next.Position > after)
                sent |= await OfferAsync(stream, next, live.Filter, cancellationToken);
        return sent;
    }

    private async Task<bool> OfferAsync(
        EventStreamWriter stream,
        LiveEvent live,
        LiveFilter filter,
        CancellationToken cancellationToken
    )
    {
        var sent = _sight.IsLimited && await LookAgainAsync(stream, live.Position, filter, cancellationToken);
        if (!live.IsIn(_sight) || (filter.Root is { } root && !_sight.Shows(root)))
            return sent;
        Send(stream, live);
        return true;
    }

    // The structure's changes are counted before what came with them is handed out, so that nothing is sent by a sight of before.
    private async Task<bool> LookAgainAsync(
        EventStreamWriter stream,
        long position,
        LiveFilter filter,
        CancellationToken cancellationToken
    )
    {
        var changes = translation.StructureChanges;
        if (changes == _sightOf)
            return false;
        var (before, now) = (_sight, await structure.SightAsync(_sight.Roots!, cancellationToken));
        (_sight, _sightOf) = (now, changes);
        return !now.Covers(before) && SendElsewhere(stream, position, filter);
    }

    private bool SendElsewhere(EventStreamWriter stream, long position, LiveFilter filter)
    {
        if (!filter.Kinds.Contains(LiveFilter.Structure))
            return false;
        stream.Write(position, LiveFilter.Structure, LiveTranslation.Elsewhere(_sight.Roots![0]));
        return true;
    }

    private static bool IsStructure(LiveEvent live) =>
        string.Equals(live.Kind, LiveFilter.Structure, StringComparison.Ordinal);

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
        stream.Write(live.Position, live.Kind, live.JsonWithin(_sight));
    }

    /// <summary>Says that whoever listens has to fetch anew.</summary>
    public static async Task ResetAsync(EventStreamWriter stream, long position, CancellationToken cancellationToken)
    {
        stream.Write(position, "reset", Data(position));
        await stream.FlushAsync(cancellationToken);
    }

    private static string Data(long position) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"position\":{position}}}");
}
