using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Auditing;
using Torch.Server.Auth;
using Torch.Server.Events;

namespace Torch.Server.Features.Audit;

/// <summary>Which changes are asked for; null where it does not matter.</summary>
/// <param name="Before">A position, exclusive.</param>
/// <param name="Subjects">Any of them.</param>
internal sealed record AuditAsked(
    long? Before,
    IReadOnlyCollection<Guid>? Subjects,
    string? Person,
    IReadOnlyCollection<string>? Types,
    DateTimeOffset? From,
    DateTimeOffset? To
);

/// <summary>Reads changes: found by the read table, told by their own streams.</summary>
internal sealed class AuditReading(NpgsqlDataSource db, IEventLog log)
{
    private const string Matching = """
        ($1::bigint is null or c.position < $1) and ($2::uuid[] is null or c.subjects && $2) and ($3::text is null or c.actor = $3)
            and ($4::text[] is null or c.type = any($4)) and ($5::timestamptz is null or c.at >= $5)
            and ($6::timestamptz is null or c.at < $6)
        """;

    private const string Newest = $"""
        select c.position from torch.changes c where {Matching} order by c.position desc limit $7
        """;

    private const string Oldest = $"""
        select c.position from torch.changes c where {Matching} and c.position > $8 order by c.position limit $7
        """;

    // Of nodes that are gone, what they were called last.
    private const string Names = """
        select id, name from torch.nodes where id = any($1) union all select id, name from torch.checks where id = any($1)
        union all (
            select distinct on (p.node_id) p.node_id, p.name from torch.past_nodes p
            where p.node_id = any($1) order by p.node_id, p.from_position desc)
        """;

    private const string OfSubjects = """
        select c.position from torch.changes c where c.subjects && $1 and c.type = any($2) and c.position <= $3 order by c.position
        """;

    private static readonly string[] OfTopology =
    [
        EventCodec.AliasOf<ChildLinked>(),
        EventCodec.AliasOf<ChildUnlinked>(),
        EventCodec.AliasOf<DependencyAdded>(),
        EventCodec.AliasOf<DependencyRemoved>(),
    ];

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> NewestAsync(AuditAsked asked, int limit, CancellationToken ct)
    {
        var positions = await db.QueryAsync(Newest, Arguments(asked, limit), r => r.GetInt64(0), ct);
        var found = await EventRows.AtAsync(db, positions, ct);
        return await EntriesAsync([.. found.OrderByDescending(e => e.Position)], ct);
    }

    /// <summary>The events themselves, oldest first, page by page.</summary>
    public async IAsyncEnumerable<RecordedEvent> OldestAsync(
        AuditAsked asked,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        const int page = 1_000;
        var after = 0L;
        while (true)
        {
            var positions = await db.QueryAsync(Oldest, [.. Arguments(asked, page), after], r => r.GetInt64(0), ct);
            foreach (var recorded in await EventRows.AtAsync(db, positions, ct))
                yield return recorded.Masked();
            if (positions.Count < page)
                yield break;
            after = positions[^1];
        }
    }

    /// <summary>In the order given; of events that are no changes with what they say as what came after.</summary>
    /// <param name="withEffects">Whether before and after are told.</param>
    public async Task<IReadOnlyList<AuditEntry>> EntriesAsync(
        IReadOnlyList<RecordedEvent> events,
        CancellationToken ct,
        bool withEffects = true
    )
    {
        var effects = withEffects ? await EffectsAsync(events, ct) : [];
        var subjects = events.ToDictionary(e => e.Position, SubjectOf);
        var ids = subjects.Values.Select(s => s.Id).OfType<Guid>().Distinct().ToArray();
        var names = (await db.QueryAsync(Names, [ids], r => (Id: r.GetGuid(0), Name: r.GetString(1)), ct)).ToLookup(
            n => n.Id,
            n => n.Name
        );
        return [.. events.Select(e => Entry(e, subjects[e.Position], effects.GetValueOrDefault(e.Position), names))];
    }

    private static object?[] Arguments(AuditAsked asked, int limit) =>
        [asked.Before, asked.Subjects?.ToArray(), asked.Person, asked.Types?.ToArray(), asked.From, asked.To, limit];

    // Before and after come from folding the stream up to the change.
    private async Task<Dictionary<long, ChangeEffect>> EffectsAsync(
        IReadOnlyList<RecordedEvent> events,
        CancellationToken ct
    )
    {
        var effects = new Dictionary<long, ChangeEffect>();
        var changes = events.Where(e => ChangeCatalog.Forms.TryGetValue(e.Type, out var form) && !form.IsTold);
        foreach (var stream in changes.GroupBy(e => e.StreamId))
        {
            var fold = new ChangeFold();
            await foreach (var recorded in UpToAsync([.. stream], ct))
                if (fold.Next(recorded) is { } effect)
                    effects[recorded.Position] = effect;
        }
        return effects;
    }

    // The one stream of the topology tells of every node: of it, only what is about the same ones is read.
    private IAsyncEnumerable<RecordedEvent> UpToAsync(IReadOnlyList<RecordedEvent> changes, CancellationToken ct) =>
        changes[0].StreamId == WellKnown.Topology ? OfSubjectsAsync(changes, ct) : StreamAsync(changes, ct);

    private async IAsyncEnumerable<RecordedEvent> StreamAsync(
        IReadOnlyList<RecordedEvent> changes,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        var last = changes.Max(e => e.Version);
        await foreach (var recorded in log.ReadStreamAsync(new StreamRead(Log.Journal, changes[0].StreamId), ct))
            if (recorded.Version <= last)
                yield return recorded;
            else
                yield break;
    }

    private async IAsyncEnumerable<RecordedEvent> OfSubjectsAsync(
        IReadOnlyList<RecordedEvent> changes,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        var subjects = changes.Select(e => SubjectOf(e).Id).OfType<Guid>().Distinct().ToArray();
        object[] arguments = [subjects, OfTopology, changes.Max(e => e.Position)];
        var positions = await db.QueryAsync(OfSubjects, arguments, r => r.GetInt64(0), ct);
        foreach (var recorded in await EventRows.AtAsync(db, positions, ct))
            yield return recorded;
    }

    private static AuditEntry Entry(
        RecordedEvent e,
        AuditSubject subject,
        ChangeEffect? effect,
        ILookup<Guid, string> names
    )
    {
        var headers = e.Metadata?.Headers;
        var data = JsonSerializer.Deserialize<JsonElement>(e.Masked().Data.Span);
        return new(
            e.Position,
            e.Id,
            e.Type,
            e.Timestamp,
            subject with
            {
                Name = subject.Name ?? effect?.Name ?? names[subject.Id ?? Guid.Empty].FirstOrDefault(),
            },
            headers?.GetValueOrDefault(EventHeaders.Actor),
            headers?.GetValueOrDefault(EventHeaders.Origin),
            headers?.GetValueOrDefault(EventHeaders.Reason) ?? Said(data, "reason"),
            e.Metadata?.CorrelationId,
            Json(effect?.Before.Masked()),
            effect is null && ChangeCatalog.Forms.GetValueOrDefault(e.Type) is null or { IsTold: true }
                ? data
                : Json(effect?.After.Masked())
        );
    }

    /// <summary>What an event is about, without a name where its data has none.</summary>
    public static AuditSubject SubjectOf(RecordedEvent e)
    {
        var data = JsonSerializer.Deserialize<JsonElement>(e.Data.Span);
        if (!ChangeCatalog.Forms.TryGetValue(e.Type, out var form))
            return Said(data, "nodeId") is { } node
                ? new("node", Guid.Parse(node), null)
                : new(e.Log == Log.Telemetry ? "check" : "event", e.StreamId, null);
        var said = Said(data, form.Subject);
        var name = data.TryGetProperty("settings", out var settings) ? Said(settings, "name") : Said(data, "name");
        return Guid.TryParse(said, out var id)
            ? new(form.Kind, id, form.Kind is "person" or "key" ? name : null)
            : new(form.Kind, null, said ?? name);
    }

    private static string? Said(JsonElement data, string name) =>
        data.ValueKind is JsonValueKind.Object
        && data.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;

    private static JsonElement? Json(JsonObject? node) =>
        node is null ? null : JsonSerializer.Deserialize<JsonElement>(node);
}
