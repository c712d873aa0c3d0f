using System.Text.Json;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Retaining;

namespace Torch.Server.Projecting;

/// <summary><c>torch.latest_observations</c>: one row per check, however many observations a batch brings.</summary>
internal sealed class LatestObservationsProjection : ISealedProjection
{
    private static string Upsert(string schema) =>
        $"""
            insert into {schema}.latest_observations as l (check_id, position, at, received_at, type, data)
            select * from unnest($1, $2, $3, $4, $5, $6)
            on conflict (check_id) do update
            set position = excluded.position, at = excluded.at, received_at = excluded.received_at,
                type = excluded.type, data = excluded.data
            where (l.at, l.position) < (excluded.at, excluded.position)
            """;

    private sealed record Observation(DateTimeOffset At, RecordedEvent Recorded)
    {
        // A late observation is kept in the log, but it is not the latest.
        public bool IsNewerThan(Observation other) =>
            (At, Recorded.Position).CompareTo((other.At, other.Recorded.Position)) > 0;
    }

    public string Name => "LatestObservations:All";

    public IReadOnlySet<string> Types { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            EventCodec.AliasOf<ReportReceived>(),
            EventCodec.AliasOf<ProbeCompleted>(),
            EventCodec.AliasOf<CheckDeleted>(),
        };

    public IReadOnlyList<string> Tables { get; } = ["latest_observations"];

    public Task<long> SeedAsync(ProjectionTarget target, CancellationToken cancellationToken) =>
        SealedTables.CopyAsync(target, "latest_observations", cancellationToken);

    public Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var commands = new Commands(batch);
        var latest = new Dictionary<Guid, Observation>();
        foreach (var recorded in batch.Events)
            switch (EventCodec.Decode(recorded))
            {
                case ReportReceived report:
                    Keep(latest, report.CheckId, new Observation(report.At, recorded));
                    break;
                case ProbeCompleted { Stale: true }:
                    break;
                case ProbeCompleted probe:
                    Keep(latest, probe.CheckId, new Observation(probe.At, recorded));
                    break;
                case CheckDeleted deleted:
                    Flush(commands, latest);
                    commands.Add(
                        $"delete from {commands.Schema}.latest_observations where check_id = $1",
                        Of.Id(deleted.CheckId)
                    );
                    break;
                default:
                    throw new JsonException($"{recorded.Type} at {recorded.Position} holds no event");
            }
        Flush(commands, latest);
        return commands.ExecuteAsync(cancellationToken);
    }

    private static void Keep(Dictionary<Guid, Observation> latest, Guid checkId, Observation observation)
    {
        if (!latest.TryGetValue(checkId, out var known) || observation.IsNewerThan(known))
            latest[checkId] = observation;
    }

    // In the order of their keys, so that two servers never wait for each other's rows.
    private static void Flush(Commands commands, Dictionary<Guid, Observation> latest)
    {
        if (latest.Count == 0)
            return;
        var rows = latest.OrderBy(l => l.Key).ToList();
        commands.Add(
            Upsert(commands.Schema),
            Of.Ids(rows.Select(r => r.Key)),
            Of.Numbers(rows.Select(r => r.Value.Recorded.Position)),
            Of.Times(rows.Select(r => r.Value.At)),
            Of.Times(rows.Select(r => r.Value.Recorded.Timestamp)),
            Of.Texts(rows.Select(r => r.Value.Recorded.Type)),
            Of.Jsons(rows.Select(r => r.Value.Recorded.Data.ToArray()))
        );
        latest.Clear();
    }
}
