using System.Text.Json;
using System.Text.Json.Nodes;
using Torch.Domain.Statuses;

namespace Torch.Domain.Rules;

/// <summary>
/// The tree form of conditions. Inner nodes are <c>{"and":[...]}</c>, <c>{"or":[...]}</c>, <c>{"not":{...}}</c> and
/// <c>{"held":{...},"checks":3}</c>; a leaf is <c>{"clause":"value > 80"}</c>, one clause in its text form, so that both forms
/// share one grammar and convert into each other without loss.
/// </summary>
public static class ConditionJson
{
    private const string Expected = "an object with one of and, or, not, held or clause";

    /// <summary>The tree as JSON.</summary>
    public static JsonElement Write(Condition condition) => JsonSerializer.SerializeToElement(Node(condition));

    /// <summary>Reads a tree, or a string in the text form. An error's message begins with the JSON pointer where there is one.</summary>
    public static ParseResult Read(JsonElement json, StatusCatalog? statuses = null)
    {
        if (json.ValueKind == JsonValueKind.String)
            return RuleText.Parse(json.GetString()!, statuses);
        try
        {
            var condition = Read(json, "", 0, statuses);
            return RuleText.Print(condition).Length > RuleText.MaxBytes
                ? new(null, new(1, "the rule is over 16 KB", "a shorter rule"))
                : new(condition, null);
        }
        catch (ParseException exception)
        {
            return new(null, exception.Error);
        }
    }

    private static JsonObject Node(Condition condition) =>
        condition switch
        {
            And and => new() { ["and"] = new JsonArray([.. and.Terms.Select(Node)]) },
            Or or => new() { ["or"] = new JsonArray([.. or.Terms.Select(Node)]) },
            Not not => new() { ["not"] = Node(not.Term) },
            HeldFor held => new() { ["held"] = Node(held.Term), ["checks"] = held.Checks },
            _ => new() { ["clause"] = RuleText.Print(condition) },
        };

    private static Condition Read(JsonElement json, string pointer, int depth, StatusCatalog? statuses)
    {
        if (json.ValueKind != JsonValueKind.Object || depth > 64)
            throw Error(pointer, depth > 64 ? "the rule is nested more than 64 deep" : "this is no condition");
        var properties = json.EnumerateObject().ToList();
        return properties switch
        {
            [{ Name: "and" } p] => new And(Terms(p.Value, pointer + "/and", depth, statuses)),
            [{ Name: "or" } p] => new Or(Terms(p.Value, pointer + "/or", depth, statuses)),
            [{ Name: "not" } p] => new Not(Read(p.Value, pointer + "/not", depth + 1, statuses)),
            [{ Name: "held" } p, { Name: "checks" } n] => new HeldFor(
                Read(p.Value, pointer + "/held", depth + 1, statuses),
                Checks(n.Value, pointer + "/checks")
            ),
            [{ Name: "clause", Value.ValueKind: JsonValueKind.String } p] => Clause(
                p.Value,
                pointer + "/clause",
                statuses
            ),
            _ => throw Error(pointer, "this is no condition"),
        };
    }

    private static ValueList<Condition> Terms(JsonElement json, string pointer, int depth, StatusCatalog? statuses)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() < 2)
            throw Error(pointer, "at least two terms belong here");
        return new([.. json.EnumerateArray().Select((term, i) => Read(term, $"{pointer}/{i}", depth + 1, statuses))]);
    }

    private static int Checks(JsonElement json, string pointer) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var n) && n is >= 1 and <= 100
            ? n
            : throw Error(pointer, "a number of checks from 1 to 100 belongs here");

    private static Condition Clause(JsonElement json, string pointer, StatusCatalog? statuses)
    {
        var parsed = RuleText.Parse(json.GetString()!, statuses);
        if (parsed.Error is { } error)
            throw new ParseException(error with { Message = $"{pointer}: {error.Message}" });
        return parsed.Condition is And or Or or Not or HeldFor
            ? throw Error(pointer, "more than one clause stands here")
            : parsed.Condition!;
    }

    private static ParseException Error(string pointer, string message) =>
        new(new(1, pointer.Length == 0 ? message : $"{pointer}: {message}", Expected));
}
