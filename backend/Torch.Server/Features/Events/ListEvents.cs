using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Torch.Contracts;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Events;

internal static class ListEvents
{
    private const int Lines = 1_000;

    /// <summary>The log itself: who changed what, and what was observed.</summary>
    /// <remarks>
    /// Oldest first after a position, or newest first before one. With <c>Accept: application/x-ndjson</c> all that match come as
    /// CloudEvents 1.0, a line each, oldest first.
    /// </remarks>
    /// <param name="types">Event names, separated by commas.</param>
    /// <param name="stream">One stream only: the id of a node or check.</param>
    /// <param name="actor">What one person did, to the letter.</param>
    /// <param name="from">RFC 3339, inclusive: by the log's own clock.</param>
    /// <param name="to">RFC 3339, exclusive.</param>
    /// <param name="after">A position (or the <c>next</c> of the page before), exclusive; 0 where absent.</param>
    /// <param name="before">A position, exclusive: reads newest first. Not together with <paramref name="after"/>.</param>
    /// <param name="newest">True reads newest first from the head.</param>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    public static async Task<IResult> Handle(
        string? types,
        Guid? stream,
        string? actor,
        string? from,
        string? to,
        long? after,
        long? before,
        bool? newest,
        int? limit,
        HttpContext http,
        IEventLog log,
        LogTimes times,
        CancellationToken cancellationToken
    )
    {
        var backwards = newest == true || before is not null;
        if (backwards && after is not null)
            throw new FaultException(Fault.Invalid("after", "cannot stand together with before or newest"));
        var (first, last) = await BoundsAsync(from, to, times, cancellationToken);
        var start = backwards ? Math.Min(before ?? long.MaxValue, last) : Math.Max(after ?? 0, first);
        var read = new PageRead(
            backwards && start == long.MaxValue ? null : start,
            Limit.Of(limit),
            Types: types is null
                ? null
                : types.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            StreamId: stream,
            Backwards: backwards,
            Actor: string.IsNullOrEmpty(actor) ? null : actor
        );
        if (NdJson.IsAskedFor(http.Request))
            return NdJson.Answer(
                EachAsync(
                    log,
                    read with
                    {
                        After = Math.Max(after ?? 0, first),
                        Backwards = false,
                        Limit = Lines,
                    },
                    Math.Min(before ?? long.MaxValue, last),
                    http.RequestAborted
                )
            );
        return Results.Ok(await PageAsync(log, read, first, last, cancellationToken));
    }

    // After the first position and before the last, both exclusive.
    private static async Task<(long First, long Last)> BoundsAsync(
        string? from,
        string? to,
        LogTimes times,
        CancellationToken ct
    )
    {
        var begin = TimeRange.Parse(from, "from");
        var end = TimeRange.Parse(to, "to");
        if (begin >= end)
            throw new FaultException(Fault.Invalid("from", "must be before to"));
        return (
            begin is { } b ? await times.LastAtAsync(b.AddTicks(-1), ct) : 0,
            end is { } e ? await times.LastAtAsync(e.AddTicks(-1), ct) + 1 : long.MaxValue
        );
    }

    private static async Task<Page<EventView>> PageAsync(
        IEventLog log,
        PageRead read,
        long first,
        long last,
        CancellationToken cancellationToken
    )
    {
        var page = await log.ReadPageAsync(read, cancellationToken);
        var head = await log.HeadAsync(cancellationToken);
        var within = page.Events.Where(e => e.Position > first && e.Position < last).ToList();
        var next =
            page.IsLive || page.Events.Count < read.Limit || within.Count < page.Events.Count
                ? null
                : page.Events[^1].Position.ToString(CultureInfo.InvariantCulture);
        return new Page<EventView>([.. within.Select(e => View(e.Masked()))], next, head);
    }

    private static async IAsyncEnumerable<RecordedEvent> EachAsync(
        IEventLog log,
        PageRead read,
        long last,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var page = await log.ReadPageAsync(read, cancellationToken);
            foreach (var recorded in page.Events)
                if (recorded.Position < last)
                    yield return recorded.Masked();
                else
                    yield break;
            if (page.IsLive || page.Through >= last)
                yield break;
            read = read with { After = page.Through };
        }
    }

    private static EventView View(RecordedEvent @event) =>
        new(
            @event.Position,
            @event.Id,
            @event.Log == Log.Journal ? "journal" : "telemetry",
            @event.Type,
            @event.StreamId,
            @event.Version,
            @event.Timestamp,
            Header(@event, EventHeaders.Actor),
            Header(@event, EventHeaders.Reason),
            JsonSerializer.Deserialize<JsonElement>(@event.Data.Span)
        );

    private static string? Header(RecordedEvent @event, string name) =>
        @event.Metadata?.Headers?.TryGetValue(name, out var value) == true ? value : null;
}
