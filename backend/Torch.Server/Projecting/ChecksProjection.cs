using System.Text.Json;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Retaining;

namespace Torch.Server.Projecting;

/// <summary><c>torch.checks</c>: those that people created, and those that exist because a report arrived.</summary>
internal sealed class ChecksProjection : ISealedProjection
{
    public string Name => "Checks:All";

    public IReadOnlySet<string> Types { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            EventCodec.AliasOf<CheckCreated>(),
            EventCodec.AliasOf<CheckChanged>(),
            EventCodec.AliasOf<CheckDeleted>(),
            EventCodec.AliasOf<ReportReceived>(),
        };

    public IReadOnlyList<string> Tables { get; } = ["checks"];

    public Task<long> SeedAsync(ProjectionTarget target, CancellationToken cancellationToken) =>
        SealedTables.CopyAsync(target, "checks", cancellationToken);

    public Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var commands = new Commands(batch);
        var reported = new Reported();
        foreach (var recorded in batch.Events)
            Add(commands, reported, recorded, EventCodec.Decode(recorded));
        reported.Flush(commands);
        return commands.ExecuteAsync(cancellationToken);
    }

    // Reports gather and go as one statement; a change of settings in between keeps its place in the order.
    private static void Add(Commands commands, Reported reported, RecordedEvent at, IEvent? @event)
    {
        if (@event is ReportReceived report)
        {
            reported.Add(at, report);
            return;
        }
        reported.Flush(commands);
        switch (@event)
        {
            case CheckCreated e:
                Save(commands, at, e.CheckId, e.Settings);
                break;
            case CheckChanged e:
                Save(commands, at, e.CheckId, e.Settings);
                break;
            case CheckDeleted e:
                commands.Add($"delete from {commands.Schema}.checks where id = $1", Of.Id(e.CheckId));
                break;
            default:
                throw new JsonException($"{at.Type} at {at.Position} holds no event");
        }
    }

    private static void Save(Commands commands, RecordedEvent at, Guid checkId, CheckSettings settings) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.checks (id, name, kind, source, enabled, settings, version, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (id) do update set name = excluded.name, kind = excluded.kind, source = excluded.source,
                enabled = excluded.enabled, settings = excluded.settings, version = excluded.version
            """,
            Of.Id(checkId),
            Of.Text(settings.Name),
            Of.Text(JsonNamingPolicy.CamelCase.ConvertName(settings.Kind.ToString())),
            Of.Text(settings.Source),
            Of.Flag(settings.Enabled),
            Of.Json(EventCodec.Write(settings)),
            Of.Number(at.Version),
            Of.Time(at.Timestamp)
        );

    private sealed class Reported
    {
        private readonly Dictionary<Guid, (DateTimeOffset First, ReportReceived Last, string? Title)> _checks = [];

        public void Add(RecordedEvent at, ReportReceived report)
        {
            var known = _checks.TryGetValue(report.CheckId, out var before);
            var title = string.IsNullOrEmpty(report.Title) ? before.Title : report.Title;
            _checks[report.CheckId] = (known ? before.First : at.Timestamp, report, title);
        }

        // A title given by a report names the check until a person does.
        public void Flush(Commands commands)
        {
            if (_checks.Count == 0)
                return;
            var checks = _checks.OrderBy(c => c.Key).ToList();
            commands.Add(
                $"""
                insert into {commands.Schema}.checks as c (id, name, kind, source, created_at)
                select r.id, coalesce(r.title, r.source), 'report', r.source, r.at
                from unnest($1, $2, $3, $4) as r (id, source, title, at)
                on conflict (id) do nothing
                """,
                Of.Ids(checks.Select(c => c.Key)),
                Of.Texts(checks.Select(c => c.Value.Last.Source)),
                Of.Texts(checks.Select(c => c.Value.Title!)),
                Of.Times(checks.Select(c => c.Value.First))
            );
            Rename(commands, [.. checks.Where(c => c.Value.Title is not null).Select(c => (c.Key, c.Value.Title!))]);
            _checks.Clear();
        }

        private static void Rename(Commands commands, IReadOnlyList<(Guid Id, string Title)> titled)
        {
            if (titled.Count == 0)
                return;
            commands.Add(
                $"""
                update {commands.Schema}.checks c set name = r.title from unnest($1, $2) as r (id, title)
                where c.id = r.id and c.settings is null and c.name <> r.title
                """,
                Of.Ids(titled.Select(t => t.Id)),
                Of.Texts(titled.Select(t => t.Title))
            );
        }
    }
}
