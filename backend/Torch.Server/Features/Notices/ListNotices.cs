using Torch.Contracts;
using Torch.Domain.Notices;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Http;
using Torch.Server.Projecting;
using DeliveryState = Torch.Contracts.DeliveryState;

namespace Torch.Server.Features.Notices;

internal static class ListNotices
{
    /// <summary>What was told, newest first, with what became of it on each channel.</summary>
    /// <param name="incident">Only of one incident.</param>
    /// <param name="channel">Only to one channel.</param>
    /// <param name="state"><c>waiting</c>, <c>delivered</c> or <c>failed</c>, on some channel.</param>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="before">The <c>next</c> of the page before.</param>
    public static async Task<Page<NoticeView>> Handle(
        Guid? incident,
        Guid? channel,
        string? state,
        int? limit,
        string? before,
        NoticeReading reading,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var position = reads.Position;
        var filter = new NoticeFilter(
            incident,
            channel,
            QueryWords.Read<DeliveryState>(state, "state")?.ToString().ToLowerInvariant()
        );
        var rows = await reading.PageAsync(filter, Cursor.ReadBefore(before), most + 1, position, cancellationToken);
        return Paging.Of(rows, most, n => Cursor.Write(n.Position), position);
    }
}

internal static class GetNotice
{
    /// <summary>One notice.</summary>
    public static async Task<NoticeView> Handle(
        Guid id,
        NoticeReading reading,
        IReadPosition reads,
        CancellationToken cancellationToken
    ) =>
        await reading.FindAsync(id, reads.Position, cancellationToken)
        ?? throw new FaultException(Fault.NotFound("notice"));
}

internal static class ReplayNotice
{
    /// <summary>Send a notice to a channel again.</summary>
    /// <remarks>The message is the same, and so is its id: a receiver that has taken it knows it.</remarks>
    public static Task<IResult> Handle(
        Guid id,
        Guid channelId,
        HttpContext http,
        NoticeReading reading,
        Commands commands,
        IEventLog log
    ) =>
        commands.RunAsync(
            http,
            [],
            async ct =>
            {
                var notice = await reading.RaisedAsync(id, ct) ?? throw new FaultException(Fault.NotFound("notice"));
                if (!notice.Channels.Contains(channelId))
                    throw new FaultException(Fault.NotFound("delivery"));
                var version = await log.StreamVersionAsync(Log.Journal, id, ct);
                var replayed = EventCodec.Encode(
                    new NoticeReplayed(id, channelId, notice),
                    Guid.CreateVersion7(),
                    EventHeaders.Of(http)
                );
                return Change.Of(id, new StreamAppend(Log.Journal, id, [replayed], "notice", version));
            }
        );
}
