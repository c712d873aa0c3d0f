using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Torch.Cli.Client;

namespace Torch.Cli.Nodes;

/// <summary><c>torch diff</c>: what differs between two instants.</summary>
internal static class DiffCommand
{
    private static readonly Option<string> From = new("--from")
    {
        Description = "The one instant: a time such as 2026-11-21T10:00:00Z, or a position.",
        Required = true,
    };
    private static readonly Option<string?> To = new("--to") { Description = "The other; now by default." };

    public static Command Create()
    {
        var node = NodeArgument.Create();
        node.Arity = ArgumentArity.ZeroOrOne;
        return Verb.Create(
            "diff",
            "Say what differs between two instants: nodes, places, names, rules, statuses. Ends with 1 where anything does.",
            async (call, ct) =>
            {
                var root = call.Get(node) is { } name
                    ? $"&root={await NodeArgument.ResolveAsync(call.Client, name, ct)}"
                    : "";
                var path = $"/api/v1/trees/diff?{Instant("from", call.Get(From)!)}{root}";
                if (call.Get(To) is { } to)
                    path += "&" + Instant("to", to);
                var answer = await call.Client.GetAsync(path, ct);
                await call.SayAsync(answer, Lines);
                return answer.GetProperty("total").GetInt32() == 0 ? ExitCodes.Success : ExitCodes.Failed;
            },
            node,
            From,
            To
        );
    }

    private static string Instant(string name, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? $"{name}Position={text}"
            : $"{name}={Uri.EscapeDataString(text)}";

    private static IEnumerable<string> Lines(JsonElement answer)
    {
        var nodes = answer.GetProperty("nodes");
        foreach (var node in nodes.EnumerateArray())
            yield return Line(node);
        var total = answer.GetProperty("total").GetInt32();
        if (total > nodes.GetArrayLength())
            yield return $"and {total - nodes.GetArrayLength()} more";
    }

    private static string Line(JsonElement node)
    {
        var (before, after) = (node.GetProperty("before"), node.GetProperty("after"));
        if (before.ValueKind == JsonValueKind.Null)
            return $"+ {Path(after)}  {Text(after, "status")}";
        if (after.ValueKind == JsonValueKind.Null)
            return $"- {Path(before)}  {Text(before, "status")}";
        var changes = node.GetProperty("changes").EnumerateArray().Select(c => Change(c.GetString()!, before, after));
        return $"~ {Path(after)}  {string.Join(", ", changes)}";
    }

    private static string Change(string change, JsonElement before, JsonElement after) =>
        change switch
        {
            "renamed" => $"was called {Text(before, "name")}",
            "moved" => $"was {Path(before)}",
            "status" => $"{Text(before, "status")} -> {Text(after, "status")}",
            "rules" => $"rules {before.GetProperty("rulesVersion")} -> {after.GetProperty("rulesVersion")}",
            "tags" => $"tags {before.GetProperty("tags").GetRawText()} -> {after.GetProperty("tags").GetRawText()}",
            "paused" => after.GetProperty("paused").GetBoolean() ? "paused" : "resumed",
            "check" => "another check",
            _ => change,
        };

    private static string Path(JsonElement node) =>
        string.Join('/', node.GetProperty("path").EnumerateArray().Select(n => n.GetString()));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
