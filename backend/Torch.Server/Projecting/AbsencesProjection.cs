using System.Text.Json;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Retaining;

namespace Torch.Server.Projecting;

/// <summary><c>torch.absences</c>: when Torch itself was away.</summary>
internal sealed class AbsencesProjection : ISealedProjection
{
    public string Name => "Absences:All";

    public IReadOnlySet<string> Types { get; } =
        new HashSet<string>(StringComparer.Ordinal) { EventCodec.AliasOf<ServiceResumed>() };

    public Log? Source => Log.Telemetry;

    public IReadOnlyList<string> Tables { get; } = ["absences"];

    public Task<long> SeedAsync(ProjectionTarget target, CancellationToken cancellationToken) =>
        SealedTables.CopyAsync(target, "absences", cancellationToken);

    public Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var commands = new Commands(batch);
        foreach (var recorded in batch.Events)
            if (EventCodec.Decode(recorded) is ServiceResumed e)
                commands.Add(
                    $"insert into {batch.Schema}.absences (position, from_at, to_at) values ($1, $2, $3) on conflict do nothing",
                    Of.Number(recorded.Position),
                    Of.Time(e.AwaySince),
                    Of.Time(recorded.Timestamp)
                );
            else
                throw new JsonException($"{recorded.Type} at {recorded.Position} holds no event");
        return commands.ExecuteAsync(cancellationToken);
    }
}
