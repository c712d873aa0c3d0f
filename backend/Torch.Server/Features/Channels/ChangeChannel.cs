using Torch.Contracts;
using Torch.Domain.Notices;
using Torch.EventStore;
using Torch.Server.Http;
using Torch.Server.Notifying;
using Torch.Server.Notifying.Sending;

namespace Torch.Server.Features.Channels;

internal static class PostChannel
{
    /// <summary>Make a channel.</summary>
    /// <remarks>Where notices go. Its secrets can be written and never read; a webhook for which no signing secret is given gets one, which <c>POST .../secret</c> tells.</remarks>
    /// <response code="201">Created.</response>
    public static Task<IResult> Handle(
        HttpContext http,
        ChannelValidator validator,
        Commands commands,
        ChannelVault vault
    ) =>
        commands.RunAsync(
            http,
            validator,
            (wanted, _) =>
            {
                var id = Guid.CreateVersion7();
                var secrets = ChannelMapping.Secrets(wanted);
                if (wanted.Kind == Contracts.ChannelKind.Webhook)
                    secrets.TryAdd(ChannelSecret.Signing, WebhookSignature.NewSecret());
                var settings = ChannelMapping.Settings(wanted, null);
                var events = Channel.Create(id, settings, vault.Seal(secrets)).EventsOrRefuse();
                var append = Journaled.Channel.Append(id, events, 0, EventHeaders.Of(http));
                return Task.FromResult(new Change(id, [append], events.Count, $"/api/v1/channels/{id}"));
            }
        );
}

internal static class PutChannel
{
    /// <summary>Change a channel.</summary>
    /// <remarks>Secrets that the request does not name stay; <c>""</c> takes one away. A channel whose receiver was gone is tried again.</remarks>
    public static Task<IResult> Handle(
        Guid id,
        HttpContext http,
        ChannelValidator validator,
        Commands commands,
        JournalStreams streams,
        ChannelVault vault
    ) =>
        commands.RunAsync(
            http,
            validator,
            (wanted, ct) =>
                streams.ChangeAsync(
                    Journaled.Channel,
                    id,
                    http,
                    channel =>
                        channel.Change(
                            ChannelMapping.Settings(wanted, channel.Settings!.Target),
                            vault.Seal(ChannelMapping.Secrets(wanted))
                        )
                )
        );
}

internal static class DeleteChannel
{
    /// <summary>Delete a channel.</summary>
    /// <remarks>What still waits for it is given up; rules go on with their other channels.</remarks>
    public static Task<IResult> Handle(Guid id, HttpContext http, Commands commands, JournalStreams streams) =>
        commands.RunAsync(http, [], _ => streams.ChangeAsync(Journaled.Channel, id, http, c => c.Delete()));
}

internal static class RotateSecret
{
    private static readonly TimeSpan Both = TimeSpan.FromHours(24);

    /// <summary>Give a webhook a new signing secret.</summary>
    /// <remarks>The answer tells it this once. For 24 hours messages are signed with the former one, too.</remarks>
    public static async Task<SigningSecret> Handle(
        Guid id,
        HttpContext http,
        IEventLog log,
        JournalStreams streams,
        ChannelVault vault,
        TimeProvider time,
        Appended appended
    )
    {
        var secret = WebhookSignature.NewSecret();
        var until = time.GetUtcNow() + Both;
        var change = await streams.ChangeAsync(Journaled.Channel, id, http, c => c.Rotate(vault.Seal(secret), until));
        var outcome = await log.AppendAsync(new AppendRequest { Streams = change.Streams }, http.RequestAborted);
        if (outcome is not AppendOutcome.Appended done)
            throw new FaultException(Fault.Conflict("Somebody else changed the channel at the same time. Try again."));
        appended.Note(done.Position);
        http.Response.SetETag(change.Version);
        http.Response.Headers.CacheControl = "no-store";
        return new(secret, until);
    }
}
