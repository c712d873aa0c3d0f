using Npgsql;
using Torch.Contracts;
using Torch.Server.Agents;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Checks;

internal static class RunCheck
{
    private const string Stored = """
        select e.type, e.data, e.seq_id, e.timestamp, e.timestamp
        from telemetry.mt_events e where e.stream_id = $1 and e.id = $2 order by e.version desc limit 1
        """;

    /// <summary>Probe now.</summary>
    /// <remarks>Waits for the observation, up to the check's timeout and 5 s. It is stored like any other. 503 where no agent is live.</remarks>
    public static async Task<IResult> Handle(
        Guid id,
        NpgsqlDataSource db,
        IAgentLink agents,
        ProbeNow probe,
        Secrets secrets,
        CancellationToken cancellationToken
    )
    {
        var check = await CheckReading.OneAsync(db, id, cancellationToken);
        if (check.Locations is not { } locations)
            return ProbeNow.NoProbe.Answer();
        var timeout = check.Timeout ?? CheckMapping.DefaultTimeout;
        var settings = await SettingsAsync(db, id, secrets, cancellationToken);
        var run = new RunProbe(Guid.CreateVersion7(), id, check.Kind, timeout, settings);
        return await probe.AnswerAsync(
            timeout,
            ct => agents.RunAsync(run, locations, ct),
            async result => Results.Ok(await StoredAsync(db, result, cancellationToken)),
            cancellationToken
        );
    }

    private static async Task<ProbeSettings> SettingsAsync(
        NpgsqlDataSource db,
        Guid id,
        Secrets secrets,
        CancellationToken ct
    )
    {
        var settings =
            await CheckReading.SettingsAsync(db, id, ct) ?? throw new FaultException(Fault.NotFound("check"));
        try
        {
            return CheckMapping.Probe(CheckSecrets.Revealed(settings, secrets));
        }
        catch (SecretUnreadableException unreadable)
        {
            throw new FaultException(new Fault(422, "secret_unreadable", unreadable.Message));
        }
    }

    private static async Task<ObservationView> StoredAsync(
        NpgsqlDataSource db,
        ProbeCompleted result,
        CancellationToken ct
    )
    {
        var rows = await db.QueryAsync(Stored, [result.CheckId, result.Id], r => ObservationRow.Read(r, 0), ct);
        return rows.Count == 1
            ? Observations.View(rows[0])
            : throw new InvalidOperationException($"the log does not hold result {result.Id}, which was delivered");
    }
}
