using System.CommandLine;
using System.Text.Json;
using Torch.Cli.Client;

namespace Torch.Cli.Nodes;

/// <summary><c>torch explain shop/payments</c>: why a node has its status, now or then.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var node = NodeArgument.Create();
        var asOf = new Option<string?>("--as-of") { Description = "A past moment, such as 2026-11-21T10:00:00Z." };
        return Verb.Create(
            "explain",
            "Say why a node has its status.",
            async (call, ct) =>
            {
                var id = await NodeArgument.ResolveAsync(call.Client, call.Get(node)!, ct);
                var then = call.Get(asOf) is { } moment ? "?asOf=" + Uri.EscapeDataString(moment) : "";
                await call.SayAsync(await call.Client.GetAsync($"/api/v1/nodes/{id}/explain{then}", ct), Lines);
                return ExitCodes.Success;
            },
            node,
            asOf
        );
    }

    // The sentence, each clause that was looked at, and the causes below.
    private static IEnumerable<string> Lines(JsonElement answer)
    {
        var sentence = answer.GetProperty("sentence").GetString()!;
        yield return sentence;
        foreach (var rule in answer.GetProperty("rules").EnumerateArray())
        foreach (var clause in rule.GetProperty("clauses").EnumerateArray())
            yield return $"  {clause.GetProperty("result"), -11} {clause.GetProperty("text")}{Actual(clause)}";
        // A leaf is its own cause, which needs no saying twice.
        foreach (var cause in answer.GetProperty("rootCauses").EnumerateArray())
            if (cause.GetProperty("sentence").GetString() is { } why && why != sentence)
                yield return $"  cause: {why}";
    }

    private static string Actual(JsonElement clause) =>
        clause.TryGetProperty("actual", out var actual) && actual.ValueKind == JsonValueKind.String
            ? $"  (it is {actual.GetString()})"
            : "";
}
