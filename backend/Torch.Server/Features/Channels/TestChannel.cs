using Torch.Contracts;
using Torch.Domain.Notices;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Notifying;
using Torch.Server.Notifying.Sending;

namespace Torch.Server.Features.Channels;

internal static class TestChannel
{
    /// <summary>Send a test message.</summary>
    /// <remarks>It goes out at once and once, also while the channel is switched off. The answer says what the receiver said.</remarks>
    public static async Task<ChannelTest> Handle(
        Guid id,
        HttpContext http,
        JournalStreams streams,
        Sender sender,
        MessageWriting writing,
        IEventLog log,
        Appended appended,
        TimeProvider time
    )
    {
        var channel = (await streams.ExistingAsync(Journaled.Channel, id, http.RequestAborted)).State;
        var message = writing.Test(Guid.CreateVersion7(), channel.Settings!.Name, time.GetUtcNow());
        var result = await sender.SendAsync(channel, message, http.RequestAborted);
        var test = new ChannelTest(result.Outcome == SendOutcome.Delivered, result.Detail);
        var tested = EventCodec.Encode(
            new ChannelTested(id, test.Delivered, test.Detail),
            Guid.CreateVersion7(),
            EventHeaders.Of(http)
        );
        var request = new AppendRequest { Streams = [new(Log.Journal, id, [tested], "channel")] };
        if (await log.AppendAsync(request, http.RequestAborted) is AppendOutcome.Appended done)
            appended.Note(done.Position);
        return test;
    }
}
