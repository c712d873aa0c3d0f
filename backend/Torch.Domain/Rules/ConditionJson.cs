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
    /// <summary>The tree as JSON.</summary>
    public static JsonElement Write(Condition condition) => JsonSerializer.SerializeToElement(Node(condition));

    /// <summary>Reads a tree, or a string in the text form.</summary>
    public static ParseResult Read(JsonElement json, StatusCatalog? statuses = null)
    {
        if (json.ValueKind == JsonValueKind.String)
            return RuleText.Parse(json.GetString()!, statuses);
        try
        {
            var reader = new TreeReader(statuses);
            var condition = reader.Read(json, "", 0);
            return RuleText.IsTooLong(RuleText.Print(condition))
                ? new(null, new(1, "the rule is over 16 KB", "a shorter rule"))
                : new(condition, null, Pointers: reader.Pointers);
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
}
