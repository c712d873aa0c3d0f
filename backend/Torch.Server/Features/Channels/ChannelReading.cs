using Npgsql;
using Torch.Contracts;
using Torch.Server.Events;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Channels;

/// <summary>Channels as the read tables hold them: no secret is among it.</summary>
internal static class ChannelReading
{
    public const string Rows = "select id, settings, secrets, disabled_because, version from torch.channels";

    public static readonly NamedReading<ChannelView> Named = new(
        Rows,
        "name",
        "channel",
        View,
        v => (v.Name, v.Id, v.Version)
    );

    public static ChannelView View(NpgsqlDataReader row, long position)
    {
        var settings = EventCodec.ChannelSettings(row.GetFieldValue<byte[]>(1));
        return new(
            row.GetGuid(0),
            settings.Name,
            (ChannelKind)(int)settings.Kind,
            settings.Enabled,
            settings.Target,
            settings.Email is { } mail
                ? new(mail.Host, mail.Port, (SmtpSecurity)(int)mail.Security, mail.From, mail.To, mail.User)
                : null,
            row.Maybe<string>(3),
            row.GetFieldValue<string[]>(2),
            row.GetInt64(4),
            position
        );
    }
}

internal static class ListChannels
{
    /// <summary>All channels, by name.</summary>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    public static Task<Page<ChannelView>> Handle(
        int? limit,
        string? after,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    ) => ChannelReading.Named.PageAsync(db, reads, limit, after, cancellationToken);
}

internal static class GetChannel
{
    /// <summary>One channel, without its secrets.</summary>
    public static Task<ChannelView> Handle(
        Guid id,
        HttpContext http,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    ) => ChannelReading.Named.OneAsync(db, reads, id, http, cancellationToken);
}
