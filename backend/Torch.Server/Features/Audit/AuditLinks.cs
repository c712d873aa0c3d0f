using Npgsql;
using Torch.Contracts;
using Torch.Domain.History;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Auditing;
using Torch.Server.Events;

namespace Torch.Server.Features.Audit;

/// <summary>Follows causation: up to what brought an event about, and down to what it brought about.</summary>
internal sealed class AuditLinks(NpgsqlDataSource db, AuditReading reading)
{
    private const int Most = 100;
    private const string Triggered = "triggered";
    private const string Decided = "decided";

    private const string Publications = """
        select c.position from torch.changes c join journal.mt_events e on e.seq_id = c.position
        where c.type = 'rules_published' and c.subjects @> array[$1] and c.position < $2 and e.data->>'version' = $3
        """;

    private const string DecidedBy = """
        select t.position from torch.transitions t
        where t.node_id = $1 and t.position > $2 and (t.why->>'rulesVersion')::bigint = $3
        order by t.position
        """;

    private sealed record Found(string Relation, RecordedEvent Event);

    public async Task<IReadOnlyList<AuditLink>> CausesAsync(RecordedEvent of, CancellationToken ct)
    {
        var found = new List<Found>();
        if (await EventRows.CauseOfAsync(db, of, ct) is { } cause)
            found.Add(new(Triggered, cause));
        if (EventCodec.Decode(of) is NodeTransitioned { Why: { RulesVersion: > 0 } why } transition)
            found.AddRange(await PublishedAsync(transition.NodeId, of.Position, why.RulesVersion, ct));
        return await LinksAsync([.. found.DistinctBy(f => (f.Relation, f.Event.Position))], ct);
    }

    public async Task<(IReadOnlyList<AuditLink> Links, long Count)> EffectsAsync(RecordedEvent of, CancellationToken ct)
    {
        var triggered = await EventRows.CausedByAsync(db, of, ct);
        var found = triggered.Take(Most).Select(e => new Found(Triggered, e)).ToList();
        long count = triggered.Count;
        if (EventCodec.Decode(of) is RulesPublished rules)
        {
            object[] arguments = [rules.NodeId, of.Position, rules.Version];
            var seen = triggered.Select(e => e.Position).ToHashSet();
            var decided = await db.QueryAsync(DecidedBy, arguments, r => r.GetInt64(0), ct);
            var later = decided.Where(p => !seen.Contains(p)).Distinct().ToList();
            count += later.Count;
            foreach (var recorded in await EventRows.AtAsync(db, [.. later.Take(Most)], ct))
                found.Add(new(Decided, recorded));
        }
        return (await LinksAsync(found, ct), count);
    }

    private async Task<IEnumerable<Found>> PublishedAsync(Guid node, long before, long version, CancellationToken ct)
    {
        var positions = await db.QueryAsync(
            Publications,
            [node, before, version.ToString(System.Globalization.CultureInfo.InvariantCulture)],
            r => r.GetInt64(0),
            ct
        );
        return (await EventRows.AtAsync(db, positions, ct)).Select(e => new Found(Decided, e));
    }

    private async Task<IReadOnlyList<AuditLink>> LinksAsync(IReadOnlyList<Found> found, CancellationToken ct)
    {
        var events = found.Select(f => f.Event).DistinctBy(e => e.Position).ToList();
        var entries = (await reading.EntriesAsync(events, ct, withEffects: false)).ToDictionary(e => e.Position);
        return
        [
            .. found.Select(f =>
            {
                var entry = entries[f.Event.Position];
                return new AuditLink(
                    f.Relation,
                    entry.Position,
                    entry.Id,
                    entry.Type,
                    entry.At,
                    entry.Subject,
                    entry.Actor,
                    entry.Reason,
                    SentenceOf(EventCodec.Decode(f.Event))
                );
            }),
        ];
    }

    private static string? SentenceOf(Domain.IEvent? @event) =>
        @event switch
        {
            NodeTransitioned t => $"from {t.From} to {t.To}: {t.Why.Sentence}",
            HistoryRevised r => $"{r.Replaced.Count} changes taken back, {r.Instead.Count} instead",
            _ => null,
        };
}
