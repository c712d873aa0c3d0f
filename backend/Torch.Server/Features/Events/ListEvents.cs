using System.Globalization;
using System.Text.Json;
using Torch.Contracts;
using Torch.EventStore;
using Torch.Server.Http;

namespace Torch.Server.Features.Events;

internal static class ListEvents
{
    /// <summary>The log itself: who changed what, and what was observed.</summary>
    /// <remarks>Oldest first after a position, or newest first before one.</remarks>
    /// <param name="types">Event names, separated by commas.</param>
    /// <param name="stream">One stream only: the id of a node or check.</param>
    /// <param name="after">A position (or the <c>next</c> of the page before), exclusive; 0 where absent.</param>
    /// <param name="before">A position, exclusive: reads newest first. Not together with <paramref name="after"/>.</param>
    /// <param name="newest">True reads newest first from the head.</param>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    public static async Task<Page<EventView>> Handle(
        string? types,
        Guid? stream,
        long? after,
        long? before,
        bool? newest,
        int? limit,
        IEventLog log,
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var backwards = newest == true || before is not null;
        if (backwards && after is not null)
            throw new FaultException(Fault.Invalid("after", "cannot stand together with before or newest"));
        var read = new PageRead(
            backwards ? before : after ?? 0,
            most,
            Types: types is null
                ? null
                : types.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            StreamId: stream,
            Backwards: backwards
        );
        var page = await log.ReadPageAsync(read, cancellationToken);
        var head = await log.HeadAsync(cancellationToken);
        var next =
            page.IsLive || page.Events.Count < most
                ? null
                : page.Events[^1].Position.ToString(CultureInfo.InvariantCulture);
        return new Page<EventView>([.. page.Events.Select(View)], next, head);
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
