using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Events;
using Torch.Server.Http;
using Model = Torch.Domain.Checks;

namespace Torch.Server.Features.Checks;

/// <summary>Checks as the read tables hold them.</summary>
internal static class CheckReading
{
    private const string Columns = """
        select c.id, c.name, c.kind, c.source, c.enabled, c.settings, c.version,
            array(select n.id from torch.nodes n where n.check_id = c.id order by n.id),
            o.type, o.data, o.position, o.at, o.received_at
        from torch.checks c left join torch.latest_observations o on o.check_id = c.id
        """;

    private const string OnePage =
        Columns
        + """

            where $1::text is null or (c.name, c.id) > ($1, $2::uuid)
            order by c.name, c.id
            limit $3
            """;

    private const string PageOfSome =
        Columns
        + """

            where c.id = any($4) and ($1::text is null or (c.name, c.id) > ($1, $2::uuid))
            order by c.name, c.id
            limit $3
            """;

    /// <summary>A page of those of the checks that are named.</summary>
    public static Task<List<CheckView>> PageAsync(
        NpgsqlDataSource db,
        Guid[] ids,
        (string? Name, Guid? Id) after,
        int limit,
        CancellationToken ct
    ) => db.QueryAsync(PageOfSome, [after.Name, after.Id, limit, ids], Row, ct);

    public static Task<List<CheckView>> PageAsync(
        NpgsqlDataSource db,
        (string? Name, Guid? Id) after,
        int limit,
        CancellationToken ct
    ) => db.QueryAsync(OnePage, [after.Name, after.Id, limit], Row, ct);

    public static async Task<CheckView> OneAsync(NpgsqlDataSource db, Guid id, CancellationToken ct)
    {
        var rows = await db.QueryAsync(Columns + " where c.id = $1", [id], Row, ct);
        return rows.Count == 1 ? rows[0] : throw new FaultException(Fault.NotFound("check"));
    }

    /// <summary>Refuses a check that no node in sight shows, as one that nobody knows.</summary>
    public static async Task RequireAsync(NpgsqlDataSource db, Guid id, Sight sight, CancellationToken ct)
    {
        const string nodes = "select id from torch.nodes where check_id = $1";
        if (sight.IsLimited && !(await db.QueryAsync(nodes, [id], r => r.GetGuid(0), ct)).Exists(sight.Shows))
            throw new FaultException(Fault.NotFound("check"));
    }

    /// <summary>With the nodes that show it and are in sight.</summary>
    public static CheckView Within(Sight sight, CheckView check) => check with { NodeIds = sight.Of(check.NodeIds) };

    public static async Task<string> KindAsync(NpgsqlDataSource db, Guid id, CancellationToken ct)
    {
        var kinds = await db.QueryAsync("select kind from torch.checks where id = $1", [id], r => r.GetString(0), ct);
        return kinds.Count == 1 ? kinds[0] : throw new FaultException(Fault.NotFound("check"));
    }

    /// <summary>Its settings as the log keeps them, secrets and all; null where it has none.</summary>
    public static async Task<Model.CheckSettings?> SettingsAsync(NpgsqlDataSource db, Guid id, CancellationToken ct)
    {
        const string one = "select settings from torch.checks where id = $1";
        return (await db.QueryAsync(one, [id], r => r.Maybe<byte[]>(0), ct)) is [{ } json]
            ? EventCodec.Settings(json)
            : null;
    }

    private static CheckView Row(NpgsqlDataReader row)
    {
        var kind = Enum.Parse<CheckKind>(row.GetString(2), ignoreCase: true);
        var settings = row.Maybe<byte[]>(5) is { } json ? EventCodec.Settings(json) : null;
        var probe = settings is null ? new ProbeSettings() : CheckMapping.Probe(CheckSecrets.Masked(settings));
        var latest = ObservationRow.Maybe(row, 8);
        var view = latest is null ? null : Observations.View(latest);
        return new CheckView(
            row.GetGuid(0),
            row.GetString(1),
            kind,
            settings?.Interval,
            settings?.Timeout,
            probe.Http,
            row.Maybe<string>(3),
            settings?.Staleness,
            row.GetBoolean(4),
            row.GetFieldValue<Guid[]>(7),
            view,
            row.GetInt64(6),
            probe.Tcp,
            probe.Tls,
            probe.Dns,
            probe.Icmp,
            probe.Postgres,
            probe.Feed,
            settings?.Decide,
            settings?.Grace,
            settings?.Cron,
            settings?.TimeZone
        )
        {
            Locations = CheckMapping.IsProbe(kind) ? settings?.Locations ?? [Domain.Agents.Locations.Default] : null,
            NextBeat =
                settings is { Kind: Model.CheckKind.Heartbeat } && view?.At is { } at ? Next(settings, at) : null,
        };
    }

    private static NextBeat Next(Model.CheckSettings settings, DateTimeOffset last) =>
        new(last + settings.Interval, last + Model.Patience.Of(settings));
}
