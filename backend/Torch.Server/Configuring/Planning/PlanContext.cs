using System.Globalization;
using System.Text.Json.Nodes;
using Torch.Contracts;
using Torch.Domain;
using Torch.EventStore;
using Torch.Server.Configuring.Reading;
using Torch.Server.Configuring.Text;

namespace Torch.Server.Configuring.Planning;

/// <summary>What a plan starts from, and what it comes to.</summary>
/// <param name="Unfilled">Pointers of texts whose placeholder has no value, with its name.</param>
internal sealed record PlanContext(
    CurrentConfig Current,
    ConfigProblems Problems,
    IReadOnlyDictionary<string, string> Unfilled,
    bool Prune,
    DateTimeOffset Now,
    EventMetadata Who,
    string? Reason
)
{
    public List<PlannedChange> Changes { get; } = [];

    public List<string> Notes { get; } = [];

    public List<StreamAppend> Appends { get; } = [];

    public long Unchanged { get; private set; }

    /// <summary>Notes what differs between an object and what it shall be.</summary>
    /// <param name="before">Null for a new one.</param>
    /// <returns>Whether anything does.</returns>
    public bool Compare(string kind, string name, Guid? id, JsonObject? before, JsonObject after)
    {
        var members = MemberDifferences.Of(before, after);
        if (before is not null && members.Count == 0)
        {
            Unchanged++;
            return false;
        }
        Changes.Add(new(before is null ? PlannedAction.Create : PlannedAction.Change, kind, name, id, members));
        return true;
    }

    public void Delete(string kind, string name, Guid? id, JsonObject before) =>
        Changes.Add(new(PlannedAction.Delete, kind, name, id, MemberDifferences.Of(before, null)));

    /// <summary>The events of a decision; a refusal becomes a problem at its place.</summary>
    public IReadOnlyList<IEvent> Take(string pointer, Decision decision)
    {
        if (decision.Refusal is not { } refusal)
            return decision.Events;
        Problems.Add(pointer, refusal.Detail);
        return [];
    }
}

/// <summary>Members of two objects that differ, deep down.</summary>
internal static class MemberDifferences
{
    private const int Most = 200;

    public static IReadOnlyList<PlannedMember> Of(JsonObject? before, JsonObject? after)
    {
        var (old, now) = (Flat(before), Flat(after));
        return
        [
            .. old
                .Keys.Union(now.Keys)
                .Where(m => old.GetValueOrDefault(m) != now.GetValueOrDefault(m))
                .Take(Most)
                .Select(m => new PlannedMember(m, old.GetValueOrDefault(m), now.GetValueOrDefault(m))),
        ];
    }

    private static Dictionary<string, string> Flat(JsonObject? node)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        Put(flat, "", node);
        return flat;
    }

    private static void Put(Dictionary<string, string> flat, string name, JsonNode? node)
    {
        if (node is JsonObject { Count: > 0 } members)
            foreach (var (member, value) in members)
                Put(flat, Below(name, member), value);
        else if (node is JsonArray items && items.Any(i => i is JsonObject))
            for (var i = 0; i < items.Count; i++)
                Put(flat, Below(name, i.ToString(CultureInfo.InvariantCulture)), items[i]);
        else if (name.Length > 0)
            flat[name] = YamlWriting.OneLine(node);
    }

    private static string Below(string name, string member) => name.Length == 0 ? member : $"{name}.{member}";
}
