using System.Text.Json;
using Torch.EventStore;
using Torch.Server.Auditing;
using Torch.Server.Features;

namespace Torch.Server.Projecting;

/// <summary><c>torch.changes</c>: where in the journal each change stands, by what the audit trail is filtered by.</summary>
internal sealed class ChangesProjection : IProjection
{
    public string Name => "Changes:All";

    public IReadOnlySet<string> Types { get; } = ChangeCatalog.Forms.Keys.ToHashSet(StringComparer.Ordinal);

    public Log? Source => Log.Journal;

    public IReadOnlyList<string> Tables { get; } = ["changes"];

    public Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var commands = new Commands(batch);
        foreach (var recorded in batch.Events)
            Add(commands, recorded);
        return commands.ExecuteAsync(cancellationToken);
    }

    private static void Add(Commands commands, RecordedEvent recorded)
    {
        var headers = recorded.Metadata?.Headers;
        var data = JsonSerializer.Deserialize<JsonElement>(recorded.Data.Span);
        commands.Add(
            $"""
            insert into {commands.Schema}.changes (position, at, type, actor, origin, reason, subjects)
            values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
            """,
            Of.Number(recorded.Position),
            Of.Time(recorded.Timestamp),
            Of.Text(recorded.Type),
            Of.Text(headers?.GetValueOrDefault(EventHeaders.Actor)),
            Of.Text(headers?.GetValueOrDefault(EventHeaders.Origin)),
            Of.Text(headers?.GetValueOrDefault(EventHeaders.Reason) ?? Reason(data)),
            Of.Ids(Subjects(data).Distinct().Order())
        );
    }

    private static string? Reason(JsonElement data) =>
        data.TryGetProperty("reason", out var reason) ? reason.GetString() : null;

    // Ids by their form: in the data, in its settings, and in lists.
    private static IEnumerable<Guid> Subjects(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject()
                .Where(m => m.Name is "settings" or "nodeIds" || m.Name.EndsWith("Id", StringComparison.Ordinal))
                .SelectMany(m => Subjects(m.Value)),
            JsonValueKind.Array => json.EnumerateArray().SelectMany(Subjects),
            JsonValueKind.String when Guid.TryParseExact(json.GetString(), "D", out var id) => [id],
            _ => [],
        };
}
