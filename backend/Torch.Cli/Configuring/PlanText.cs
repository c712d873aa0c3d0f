using System.Globalization;
using System.Text.Json;

namespace Torch.Cli.Configuring;

/// <summary>A plan in words: a line per object, below it a line per member that differs.</summary>
internal static class PlanText
{
    public static IEnumerable<string> Lines(JsonElement plan, bool hasColour)
    {
        var changes = plan.GetProperty("changes").EnumerateArray().ToList();
        foreach (var line in changes.SelectMany(c => Change(c, hasColour)))
            yield return line;
        foreach (var note in plan.GetProperty("notes").EnumerateArray())
            yield return "note: " + note.GetString();
        yield return Summary(plan, changes);
    }

    /// <summary>What would be gone.</summary>
    public static IEnumerable<string> Deleted(JsonElement plan) =>
        plan.GetProperty("changes").EnumerateArray().Where(c => Action(c) == "delete").Select(What);

    private static IEnumerable<string> Change(JsonElement change, bool hasColour)
    {
        var (sign, colour) = Action(change) switch
        {
            "create" => ("+", 32),
            "delete" => ("-", 31),
            _ => ("~", 33),
        };
        yield return hasColour ? $"\u001b[{colour}m{sign} {What(change)}\u001b[0m" : $"{sign} {What(change)}";
        if (sign == "~")
            foreach (var member in change.GetProperty("members").EnumerateArray())
                yield return $"    {member.GetProperty("member").GetString()}: {Value(member, "before")} -> {Value(member, "after")}";
    }

    private static string Summary(JsonElement plan, List<JsonElement> changes)
    {
        int Count(string action) => changes.Count(c => Action(c) == action);
        var done = plan.GetProperty("applied").GetBoolean();
        var unchanged = plan.GetProperty("unchanged").GetInt64();
        if (changes.Count == 0)
            return string.Create(CultureInfo.InvariantCulture, $"nothing to change: {unchanged} objects are as wanted");
        var (created, changed, deleted) = done
            ? ("created", "changed", "deleted")
            : ("to create", "to change", "to delete");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Count("create")} {created}, {Count("change")} {changed}, {Count("delete")} {deleted}, {unchanged} unchanged"
        );
    }

    private static string What(JsonElement change) =>
        $"{Kind(change.GetProperty("kind").GetString()!)} {change.GetProperty("name").GetString()}";

    private static string Kind(string kind) => kind == "pushKey" ? "push key" : kind;

    private static string Action(JsonElement change) => change.GetProperty("action").GetString()!;

    private static string Value(JsonElement member, string side) => member.GetProperty(side).GetString() ?? "(nothing)";
}
