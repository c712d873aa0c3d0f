using System.Text.Json;
using Torch.Domain.Statuses;

namespace Torch.Domain.Rules;

/// <summary>Reads one condition from its JSON tree, and notes where each clause stood.</summary>
internal sealed class TreeReader(StatusCatalog? statuses)
{
    private const string Expected = "an object with one of and, or, not, held or clause";
    private const int MostDepth = 64;

    private readonly Dictionary<Condition, string> _pointers = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyDictionary<Condition, string> Pointers => _pointers;

    /// <exception cref="ParseException">It is no condition.</exception>
    public Condition Read(JsonElement json, string pointer, int depth)
    {
        if (json.ValueKind != JsonValueKind.Object || depth > MostDepth)
            throw Error(pointer, depth > MostDepth ? "the rule is nested more than 64 deep" : "this is no condition");
        var properties = json.EnumerateObject().ToList();
        return properties switch
        {
            [{ Name: "and" } p] => new And(Terms(p.Value, pointer + "/and", depth)),
            [{ Name: "or" } p] => new Or(Terms(p.Value, pointer + "/or", depth)),
            [{ Name: "not" } p] => new Not(Read(p.Value, pointer + "/not", depth + 1)),
            [{ Name: "held" } p, { Name: "checks" } n] => new HeldFor(
                Read(p.Value, pointer + "/held", depth + 1),
                Checks(n.Value, pointer + "/checks")
            ),
            [{ Name: "clause", Value.ValueKind: JsonValueKind.String } p] => Clause(p.Value, pointer + "/clause"),
            _ => throw Error(pointer, "this is no condition"),
        };
    }

    private ValueList<Condition> Terms(JsonElement json, string pointer, int depth)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() < 2)
            throw Error(pointer, "at least two terms belong here");
        return new([.. json.EnumerateArray().Select((term, i) => Read(term, $"{pointer}/{i}", depth + 1))]);
    }

    private static int Checks(JsonElement json, string pointer) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var n) && n is >= 1 and <= 100
            ? n
            : throw Error(pointer, "a number of checks from 1 to 100 belongs here");

    private Condition Clause(JsonElement json, string pointer)
    {
        var parsed = RuleText.Parse(json.GetString()!, statuses);
        if (parsed.Error is { } error)
            throw new ParseException(error with { Pointer = pointer });
        if (parsed.Condition is And or Or or Not or HeldFor)
            throw Error(pointer, "more than one clause stands here");
        _pointers[parsed.Condition!] = pointer;
        return parsed.Condition!;
    }

    private static ParseException Error(string pointer, string message) => new(new(1, message, Expected, pointer));
}
