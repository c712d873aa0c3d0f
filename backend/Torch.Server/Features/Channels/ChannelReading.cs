using Npgsql;
using Torch.Contracts;
using Torch.Server.Events;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Channels;

/// <summary>Channels as the read tables hold them: no secret is among it.</summary>
internal static class ChannelReading
{
    public const string Rows = "select id, settings, secrets, disabled_because, version from torch.channels";

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
    private const string Query =
        ChannelReading.Rows + " where $1::text is null or (name, id) > ($1, $2::uuid) order by name, id limit $3";

    /// <summary>All channels, by name.</summary>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    public static async Task<Page<ChannelView>> Handle(
        int? limit,
        string? after,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var (name, id) = Cursor.ReadNameAndId(after);
        var position = reads.Position;
        var rows = await db.QueryAsync(
            Query,
            [name, id, most + 1],
            r => ChannelReading.View(r, position),
            cancellationToken
        );
        return Paging.Of(rows, most, c => Cursor.Write(c.Name, c.Id), position);
    }
}

internal static class GetChannel
{
    /// <summary>One channel, without its secrets.</summary>
    public static async Task<ChannelView> Handle(
        Guid id,
        HttpContext http,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var position = reads.Position;
        var rows = await db.QueryAsync(
            ChannelReading.Rows + " where id = $1",
            [id],
            r => ChannelReading.View(r, position),
            cancellationToken
        );
        if (rows.Count == 0)
            throw new FaultException(Fault.NotFound("channel"));
        http.Response.SetETag(rows[0].Version);
        return rows[0];
    }
}
